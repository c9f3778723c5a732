import { useTranslation } from "react-i18next";
import type { Focus } from "../../shared/template/template.ts";

/** While the drawing is on its way: its place, as large as it will be, so that nothing jumps when it is there. */
export function TreeOpening({ focus }: { readonly focus: Focus }) {
  const { t } = useTranslation();
  return (
    <div className={`tree-opening ${focus}`}>
      <p className="opening paper" role="status">
        {t("board.opening")}
      </p>
    </div>
  );
}
