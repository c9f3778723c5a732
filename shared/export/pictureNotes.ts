import type { Note } from "../board/note.ts";
import type { ParticipantFacts } from "../workshop/workshop.ts";
import { attributionOf, type People } from "./attribution.ts";
import type { PrivacyLevel } from "./boardExport.ts";

export type PictureNotes = {
  readonly notes: readonly Note[];
  /** How many notes that are on the board their writers keep out of it. */
  readonly leftOut: number;
};

/**
 * The notes of a board that a picture may show: the same consent as for the JSON export. `participants` may hold those
 * of other boards too.
 */
export function notesForPicture(
  notes: Iterable<Note>,
  participants: readonly ParticipantFacts[],
  privacy: PrivacyLevel,
): PictureNotes {
  const people: People = new Map(participants.map((person) => [person.id, person]));
  const active = [...notes].filter((note) => note.removed === null && !note.withdrawn);
  const shown = active.filter((note) => {
    const attribution = attributionOf(note, people);
    if (privacy !== "anonymous") return attribution.kind !== "withheld";
    return attribution.kind === "somebody" && attribution.isQuotable;
  });
  return { notes: shown, leftOut: active.length - shown.length };
}
