import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button.tsx";
import { Sheet } from "../ui/Sheet.tsx";

export type PasteSheetProps = {
  readonly lines: readonly string[] | null;
  readonly onClose: () => void;
  readonly onMany: (lines: readonly string[]) => void;
  readonly onOne: (lines: readonly string[]) => void;
};

/** Several lines were pasted: as many notes, or one with several lines? */
export function PasteSheet({ lines, onClose, onMany, onOne }: PasteSheetProps) {
  const { t } = useTranslation();
  const count = lines?.length ?? 0;
  return (
    <Sheet title={t("composer.pasteTitle", { count })} isOpen={lines !== null} onClose={onClose}>
      <p>{t("composer.pasteLead", { count })}</p>
      <div className="row">
        <Button look="primary" size="large" autoFocus onPress={() => lines !== null && onMany(lines)}>
          {t("composer.pasteMany", { count })}
        </Button>
        <Button size="large" onPress={() => lines !== null && onOne(lines)}>
          {t("composer.pasteOne")}
        </Button>
      </div>
    </Sheet>
  );
}
