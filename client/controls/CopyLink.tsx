import { Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button.tsx";

/** The link itself, to read or select, and a button that copies it. */
export function CopyLink({ link, name }: { readonly link: string; readonly name: string }) {
  const { t } = useTranslation();
  const [isCopied, setIsCopied] = useState(false);
  return (
    <div className="copy-link">
      <input
        className="input"
        readOnly
        value={link}
        aria-label={name}
        onFocus={(event) => event.target.select()}
      />
      <Button
        icon={<Copy size={20} aria-hidden="true" />}
        aria-label={t("workshop.copyLink", { name })}
        onPress={() => {
          // Without permission, or over plain http, the selected text is still there to copy by hand.
          navigator.clipboard?.writeText(link).then(
            () => setIsCopied(true),
            () => setIsCopied(false),
          );
        }}
      >
        <span aria-live="polite">{isCopied ? t("common.copied") : t("common.copy")}</span>
      </Button>
    </div>
  );
}
