import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button.tsx";

export type SkipLinksProps = { readonly mayWrite: boolean };

/** The first stops of Tab: past the tools, to the board or to writing. Buttons, for the address holds the key. */
export function SkipLinks({ mayWrite }: SkipLinksProps) {
  const { t } = useTranslation();
  return (
    <div className="skip-links">
      <Button onPress={() => document.getElementById("board-main")?.focus()}>{t("view.skipToBoard")}</Button>
      {mayWrite && (
        <Button onPress={() => document.getElementById("composer-text")?.focus()}>
          {t("view.skipToWrite")}
        </Button>
      )}
    </div>
  );
}
