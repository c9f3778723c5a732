import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { JoinBoard } from "../../shared/workshop/api.ts";
import type { ParticipantFacts } from "../../shared/workshop/workshop.ts";
import { colourOf } from "../model/presence.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";
import { VoiceMark } from "../ui/pictures.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import type { SheetOfBoardProps } from "./BinSheet.tsx";
import { AboutMeFields, ConsentFields, factsOf, type Person, personOf } from "./PersonFields.tsx";

export type PeopleSheetProps = SheetOfBoardProps & {
  /** `null` when the server took it, else a sentence. */
  readonly onChangeMe: (facts: JoinBoard) => Promise<string | null>;
};

/** Who has this board open now, and what I say about myself. */
export function PeopleSheet({ model, onChangeMe, isOpen, onClose }: PeopleSheetProps) {
  const { t } = useTranslation();
  const here = useObservable(model.here);
  const workshop = useObservable(model.workshop);
  const me = workshop.participants.find((participant) => participant.id === model.me);
  const voiceOf = (id: string | null) =>
    workshop.participants.find((participant) => participant.id === id)?.voice ?? null;
  const people = [
    ...(model.role === "view"
      ? []
      : [{ key: "me", name: model.nameOf(model.me), id: model.me, colour: "#3f6b2e", isMe: true }]),
    ...here.map((id) => ({ key: id, name: model.nameOf(id), id, colour: colourOf(id), isMe: false })),
  ];
  return (
    <Sheet title={t("board.people")} isOpen={isOpen} onClose={onClose}>
      <ul className="people">
        {people.map((person) => {
          const voice = voiceOf(person.id);
          return (
            <li key={person.key}>
              <span className="dot" style={{ background: person.colour }} />
              <span dir="auto">{person.name ?? t("board.anonymous")}</span>
              {person.isMe && <span className="hint">({t("board.you")})</span>}
              {voice !== null && voice !== "unspecified" && (
                <span className="people-voice">
                  <VoiceMark voice={voice} /> {t(`voice.${voice}`)}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {me !== undefined && <AboutMeForm me={me} onChangeMe={onChangeMe} />}
    </Sheet>
  );
}

type AboutMeFormProps = Pick<PeopleSheetProps, "onChangeMe"> & { readonly me: ParticipantFacts };

/** What was said at the door, or skipped there, to be changed as often as one likes. */
function AboutMeForm({ me, onChangeMe }: AboutMeFormProps) {
  const { t } = useTranslation();
  const [person, setPerson] = useState(() => personOf(me));
  const [told, setTold] = useState<{ readonly text: string; readonly isError: boolean } | null>(null);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const problem = await onChangeMe(factsOf(person));
    setTold({ text: problem ?? t("people.kept"), isError: problem !== null });
  }

  function change(next: Person): void {
    setPerson(next);
    setTold(null);
  }

  return (
    <form className="about-me" onSubmit={(event) => void onSubmit(event)}>
      <h3>{t("people.aboutMe")}</h3>
      <AboutMeFields person={person} onChange={change} />
      <ConsentFields person={person} onChange={change} />
      <div className="row">
        <Button type="submit" look="primary">
          {t("people.keep")}
        </Button>
        <p role="status" className={told?.isError === true ? "message bad" : ""}>
          {told?.text}
        </p>
      </div>
    </form>
  );
}
