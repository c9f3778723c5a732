import { ArrowRight } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Voice } from "../../shared/board/note.ts";
import type { Language } from "../../shared/template/template.ts";
import type { JoinBoard } from "../../shared/workshop/api.ts";
import type { GroupFacts } from "../../shared/workshop/workshop.ts";
import { Button } from "../ui/Button.tsx";
import { FocusPicture } from "../ui/FocusPicture.tsx";
import { ChoiceField, LineField, TickField } from "../ui/fields.tsx";
import { VoiceMark } from "../ui/pictures.tsx";
import { LandscapePage } from "./LandscapePage.tsx";
import { Topline } from "./Topline.tsx";

export type DeviceKind = "own" | "shared";

export type JoinFormProps = {
  readonly group: GroupFacts;
  readonly error: string | null;
  readonly onLanguage: (language: Language) => void;
  readonly onJoin: (facts: JoinBoard, device: DeviceKind) => void;
};

/** Who are you, in plain words; every question may be skipped, and one button skips them all. */
export function JoinForm({ group, error, onLanguage, onJoin }: JoinFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [voice, setVoice] = useState<Voice | null>(null);
  const [affiliation, setAffiliation] = useState("");
  const [device, setDevice] = useState<DeviceKind>("own");
  const [research, setResearch] = useState<"yes" | "no" | null>(null);
  const [mayQuote, setMayQuote] = useState(false);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const consent =
      research === null ? null : { research: research === "yes", quote: research === "yes" && mayQuote };
    onJoin({ name, voice, affiliation, consent }, device);
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
            onPress={() => onJoin({}, device)}
            icon={<ArrowRight aria-hidden="true" className="flips" />}
          >
            {t("join.skip")}
          </Button>
          <LineField
            label={t("join.name")}
            hint={t("join.nameHint")}
            value={name}
            onChange={setName}
            maxLength={80}
            autoComplete="nickname"
          />
          <ChoiceField
            label={t("join.voice")}
            orientation="vertical"
            value={voice}
            onChange={setVoice}
            choices={[
              { value: "formal", label: t("join.voiceFormal"), icon: <VoiceMark voice="formal" /> },
              { value: "informal", label: t("join.voiceInformal"), icon: <VoiceMark voice="informal" /> },
              { value: "both", label: t("join.voiceBoth"), icon: <VoiceMark voice="both" /> },
            ]}
          />
          <LineField
            label={t("join.affiliation")}
            value={affiliation}
            onChange={setAffiliation}
            maxLength={80}
            autoComplete="off"
          />
          <ChoiceField
            label={t("join.device")}
            value={device}
            onChange={setDevice}
            choices={[
              { value: "own", label: t("join.deviceOwn") },
              { value: "shared", label: t("join.deviceShared") },
            ]}
          />
          <div className="choices">
            <h2 className="join-consent">{t("join.consentTitle")}</h2>
            <p>{t("join.consentLead")}</p>
            <ChoiceField
              label={t("join.consentTitle")}
              hideLabel
              value={research}
              onChange={setResearch}
              choices={[
                { value: "yes", label: t("join.consentYes") },
                { value: "no", label: t("join.consentNo") },
              ]}
            />
            {research === "yes" && (
              <TickField isSelected={mayQuote} onChange={setMayQuote}>
                {t("join.consentQuote")}
              </TickField>
            )}
          </div>
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
