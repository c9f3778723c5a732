import { ArrowRight } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../shared/template/template.ts";
import type { JoinBoard } from "../../shared/workshop/api.ts";
import type { GroupFacts } from "../../shared/workshop/workshop.ts";
import { AboutMeFields, ConsentFields, factsOf, nobodyYet } from "../controls/PersonFields.tsx";
import { Button } from "../ui/Button.tsx";
import { FocusPicture } from "../ui/FocusPicture.tsx";
import { ChoiceField } from "../ui/fields.tsx";
import { useBusy } from "../ui/useBusy.ts";
import { LandscapePage } from "./LandscapePage.tsx";
import { Topline } from "./Topline.tsx";

export type DeviceKind = "own" | "shared";

export type JoinFormProps = {
  readonly group: GroupFacts;
  readonly error: string | null;
  readonly onLanguage: (language: Language) => void;
  readonly onJoin: (facts: JoinBoard, device: DeviceKind) => Promise<void>;
};

/** Who are you, in plain words; every question may be skipped, and one button skips them all. */
export function JoinForm({ group, error, onLanguage, onJoin }: JoinFormProps) {
  const { t } = useTranslation();
  const [person, setPerson] = useState(nobodyYet);
  const [device, setDevice] = useState<DeviceKind>("own");
  // Two taps on a slow line would make two people. What announces that it is pending would outlive this form, without a name.
  const [, run] = useBusy();

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    run(() => onJoin(factsOf(person), device));
  }

  return (
    <LandscapePage focus={group.focus}>
      <Topline onLanguage={onLanguage} />
      <main className="centre-sheet">
        <form className="sheet paper" onSubmit={onSubmit}>
          <div className="join-head">
            <FocusPicture focus={group.focus} size={60} />
            <div>
              <h1>{t("join.title", { group: group.name })}</h1>
              <p className="lead">{t("join.lead")}</p>
            </div>
          </div>
          <Button
            size="large"
            onPress={() => run(() => onJoin({}, device))}
            icon={<ArrowRight aria-hidden="true" className="flips" />}
          >
            {t("join.skip")}
          </Button>
          <AboutMeFields person={person} onChange={setPerson} />
          <ChoiceField
            label={t("join.device")}
            value={device}
            onChange={setDevice}
            choices={[
              { value: "own", label: t("join.deviceOwn") },
              { value: "shared", label: t("join.deviceShared") },
            ]}
          />
          <ConsentFields person={person} onChange={setPerson} />
          {error !== null && (
            <p className="message bad" role="alert">
              {error}
            </p>
          )}
          <Button type="submit" look="primary" size="large">
            {t("join.enter")}
          </Button>
        </form>
      </main>
    </LandscapePage>
  );
}
