import { SunMoon } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../ui/Button.tsx";

const ViewSheet = lazy(async () => ({ default: (await import("./ViewSheet.tsx")).ViewSheet }));

/** The way to light, dark, contrast and larger letters, on every screen. */
export function ViewButton() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <IconButton
        label={t("view.title")}
        icon={<SunMoon aria-hidden="true" />}
        onPress={() => setIsOpen(true)}
      />
      {isOpen && (
        <Suspense>
          <ViewSheet isOpen onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
