import { useTranslation } from "react-i18next";
import type { Voice } from "../../shared/board/note.ts";
import type { JoinBoard } from "../../shared/workshop/api.ts";
import type { ParticipantFacts } from "../../shared/workshop/workshop.ts";
import { ChoiceField, LineField, TickField } from "../ui/fields.tsx";
import { VoiceMark } from "../ui/pictures.tsx";

/** What a person may say about themselves, as it stands in the form; every part may stay empty. */
export type Person = {
  readonly name: string;
  readonly voice: Voice | null;
  readonly affiliation: string;
  readonly research: "yes" | "no" | null;
  readonly mayQuote: boolean;
};

export const nobodyYet: Person = { name: "", voice: null, affiliation: "", research: null, mayQuote: false };

export function personOf({ name, voice, affiliation, consent }: ParticipantFacts): Person {
  return {
    name: name ?? "",
    voice,
    affiliation: affiliation ?? "",
    research: consent.research === null ? null : consent.research ? "yes" : "no",
    mayQuote: consent.quote === true,
  };
}

export function factsOf({ name, voice, affiliation, research, mayQuote }: Person): JoinBoard {
  const consent =
    research === null ? null : { research: research === "yes", quote: research === "yes" && mayQuote };
  return { name, voice, affiliation, consent };
}

export type PersonFieldsProps = { readonly person: Person; readonly onChange: (person: Person) => void };

export function AboutMeFields({ person, onChange }: PersonFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <LineField
        label={t("join.name")}
        hint={t("join.nameHint")}
        value={person.name}
        onChange={(name) => onChange({ ...person, name })}
        maxLength={80}
        autoComplete="nickname"
      />
      <ChoiceField
        label={t("join.voice")}
        orientation="vertical"
        value={person.voice}
        onChange={(voice: Voice) => onChange({ ...person, voice })}
        choices={[
          { value: "formal", label: t("join.voiceFormal"), icon: <VoiceMark voice="formal" /> },
          { value: "informal", label: t("join.voiceInformal"), icon: <VoiceMark voice="informal" /> },
          { value: "both", label: t("join.voiceBoth"), icon: <VoiceMark voice="both" /> },
        ]}
      />
      <LineField
        label={t("join.affiliation")}
        value={person.affiliation}
        onChange={(affiliation) => onChange({ ...person, affiliation })}
        maxLength={80}
        autoComplete="off"
      />
    </>
  );
}

/** May researchers use my notes: yes, no, or not answered, and to be changed at any time. */
export function ConsentFields({ person, onChange }: PersonFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className="choices">
      <h2 className="join-consent">{t("join.consentTitle")}</h2>
      <p>{t("join.consentLead")}</p>
      <ChoiceField
        label={t("join.consentTitle")}
        hideLabel
        value={person.research}
        onChange={(research: "yes" | "no") => onChange({ ...person, research })}
        choices={[
          { value: "yes", label: t("join.consentYes") },
          { value: "no", label: t("join.consentNo") },
        ]}
      />
      {person.research === "yes" && (
        <TickField isSelected={person.mayQuote} onChange={(mayQuote) => onChange({ ...person, mayQuote })}>
          {t("join.consentQuote")}
        </TickField>
      )}
    </div>
  );
}
