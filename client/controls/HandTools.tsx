import { PenLine, Search, SquareDashedMousePointer } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { IconButton, SwitchButton } from "../ui/Button.tsx";

/** What hands can take on the tree: choosing by dragging, a pen, and everything else by searching. */
export function HandTools({ model }: { readonly model: BoardModel }) {
  const { t } = useTranslation();
  const tool = useObservable(model.hands.tool);
  const mayWrite = useObservable(model.mayWrite);
  return (
    <div className="hand-tools">
      <SwitchButton
        aria-label={t("hands.selectTool")}
        icon={<SquareDashedMousePointer aria-hidden="true" />}
        isSelected={tool === "select"}
        onChange={(isSelected) => model.hands.take(isSelected ? "select" : "move")}
      />
      {mayWrite && (
        <IconButton
          label={t("hands.draw")}
          icon={<PenLine aria-hidden="true" />}
          onPress={() => model.hands.ask({ kind: "drawing" })}
        />
      )}
      <IconButton
        label={t("palette.title")}
        icon={<Search aria-hidden="true" />}
        onPress={() => model.hands.ask({ kind: "palette" })}
      />
    </div>
  );
}
