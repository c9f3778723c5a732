import { useTranslation } from "react-i18next";
import { formatJoinCode } from "../../shared/workshop/joinCode.ts";
import { QrCode } from "../controls/QrCode.tsx";
import type { BoardModel } from "../model/boardModel.ts";

/** How people come in from where they sit. */
export type WayIn = {
  /** Straight to this board. */
  readonly link: string;
  /** Known to the facilitator only. */
  readonly joinCode: string | null;
};

export type PresentCornerProps = {
  readonly model: BoardModel;
  readonly way: WayIn;
  readonly isLarge: boolean;
};

/** The QR code, and the code to type, for everybody who sees the wall. */
export function PresentCorner({ model, way, isLarge }: PresentCornerProps) {
  const { t } = useTranslation();
  return (
    <aside className={isLarge ? "present-code large paper" : "present-code paper"}>
      <QrCode text={way.link} label={t("workshop.qrOf", { name: model.group.get().name })} />
      <div>
        {way.joinCode === null ? (
          <p className="present-join">
            {model.role === "view" ? t("wall.scanToLook") : t("wall.scanToJoin")}
          </p>
        ) : (
          <>
            <p className="present-join">{t("wall.joinAt", { host: location.host })}</p>
            <p className="present-letters">{formatJoinCode(way.joinCode)}</p>
          </>
        )}
      </div>
    </aside>
  );
}
