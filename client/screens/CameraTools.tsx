import { Maximize, Minus, Plus } from "lucide-react";
import type { RefCallback } from "react";
import { useTranslation } from "react-i18next";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { CameraHandle } from "../canvas/BoardCanvas.tsx";
import { HandTools } from "../controls/HandTools.tsx";
import type { BoardModel } from "../model/boardModel.ts";
import { IconButton } from "../ui/Button.tsx";
import { ZonePicture } from "../ui/pictures.tsx";

export type CameraToolsProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly camera: CameraHandle | null;
  /** Where the tree is higher than wide they lie in a row below it, else in a column beside it. */
  readonly shape: "row" | "column";
  readonly measure: RefCallback<HTMLElement>;
};

const zoomZones = ["fruits", "wateringCan", "roots"] as const;

/** Nearer, further, and to each part of the tree in one press. */
export function CameraTools({ model, language, camera, shape, measure }: CameraToolsProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={`camera-tools ${shape} paper`} aria-label={t("view.camera")} ref={measure}>
      {/* A fieldset hands its size on to no grid. */}
      <div className="camera-keys">
        <HandTools model={model} />
        {zoomZones.map((zone) => (
          <IconButton
            key={zone}
            label={t("board.zoomTo", { zone: zoneOf(model.template, zone).title[language] })}
            icon={<ZonePicture zone={zone} size={26} />}
            onPress={() => camera?.zoomToZone(zone)}
          />
        ))}
        <div className="by-fingers">
          <IconButton
            label={t("board.zoomIn")}
            icon={<Plus aria-hidden="true" />}
            onPress={() => camera?.zoomIn()}
          />
          <IconButton
            label={t("board.zoomOut")}
            icon={<Minus aria-hidden="true" />}
            onPress={() => camera?.zoomOut()}
          />
        </div>
        <IconButton
          label={t("board.fit")}
          icon={<Maximize aria-hidden="true" />}
          onPress={() => camera?.fit()}
        />
      </div>
    </fieldset>
  );
}
