import { useTranslation } from "react-i18next";
import { useObservable } from "../model/useObservable.ts";
import { VoiceMark } from "../ui/pictures.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import type { SheetOfBoardProps } from "./BinSheet.tsx";

/** Who has this board open now. */
export function PeopleSheet({ model, isOpen, onClose }: SheetOfBoardProps) {
  const { t } = useTranslation();
  const others = useObservable(model.others);
  const workshop = useObservable(model.workshop);
  const voiceOf = (id: string | null) =>
    workshop.participants.find((participant) => participant.id === id)?.voice ?? null;
  const people = [
    ...(model.role === "view"
      ? []
      : [{ key: "me", name: model.nameOf(model.me), id: model.me, colour: "#3f6b2e", isMe: true }]),
    ...others.map((other) => ({
      key: String(other.clientId),
      name: other.name,
      id: other.participant,
      colour: other.colour,
      isMe: false,
    })),
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
    </Sheet>
  );
}
