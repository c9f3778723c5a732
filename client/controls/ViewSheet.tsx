import { useTranslation } from "react-i18next";
import { ChoiceField, TickField } from "../ui/fields.tsx";
import { useLook } from "../ui/LookProvider.tsx";
import { Sheet } from "../ui/Sheet.tsx";

export type ViewSheetProps = { readonly isOpen: boolean; readonly onClose: () => void };

/** How this device shows things: light or dark, contrast, letters, calm. Every choice is seen at once. */
export function ViewSheet({ isOpen, onClose }: ViewSheetProps) {
  const { t } = useTranslation();
  const { look, onLook } = useLook();
  return (
    <Sheet title={t("view.title")} isOpen={isOpen} onClose={onClose}>
      <ChoiceField
        label={t("view.scheme")}
        value={look.scheme}
        onChange={(scheme) => onLook({ ...look, scheme })}
        choices={[
          { value: "system", label: t("view.schemeSystem") },
          { value: "light", label: t("view.schemeLight") },
          { value: "dark", label: t("view.schemeDark") },
        ]}
      />
      <ChoiceField
        label={t("view.contrast")}
        value={look.contrast}
        onChange={(contrast) => onLook({ ...look, contrast })}
        choices={[
          { value: "system", label: t("view.contrastSystem") },
          { value: "normal", label: t("view.contrastNormal") },
          { value: "high", label: t("view.contrastHigh") },
        ]}
      />
      <ChoiceField
        label={t("view.textSize")}
        value={look.textSize}
        onChange={(textSize) => onLook({ ...look, textSize })}
        choices={[
          { value: "normal", label: t("view.textNormal") },
          { value: "large", label: t("view.textLarge") },
          { value: "largest", label: t("view.textLargest") },
        ]}
      />
      <div>
        <TickField isSelected={look.isCalm} onChange={(isCalm) => onLook({ ...look, isCalm })}>
          {t("view.calm")}
        </TickField>
        <TickField isSelected={look.isLiving} onChange={(isLiving) => onLook({ ...look, isLiving })}>
          {t("view.living")}
        </TickField>
      </div>
      <p className="hint">{t("view.kept")}</p>
    </Sheet>
  );
}
