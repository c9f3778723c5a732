import type { ParticipantId } from "../board/ids.ts";
import type { Note } from "../board/note.ts";
import { compareText } from "../board/readBoard.ts";
import type { ParticipantFacts } from "../workshop/workshop.ts";
import { codeOfParticipant } from "./boardExport.ts";

/*
 * Who may be named beside a note; docs/decisions/0001-consent-in-exports.md has the reasons.
 *
 * A note is governed by the consent of its author, or else of who typed it. Research "yes": it is exported as
 * theirs. Not asked, or a person without a row: it is exported as nobody's. Research "no": its text is withheld.
 */

export type People = ReadonlyMap<ParticipantId, ParticipantFacts>;

export type Attribution =
  /** The person wants no part in the research, or took this note out of it. */
  | { readonly kind: "withheld" }
  /** Nobody is known, or somebody who did not say yes; `isHidden` tells the two apart. */
  | { readonly kind: "nobody"; readonly isHidden: boolean; readonly editors: readonly ParticipantFacts[] }
  | {
      readonly kind: "somebody";
      readonly author: ParticipantFacts | null;
      readonly enteredBy: ParticipantFacts | null;
      readonly editors: readonly ParticipantFacts[];
      readonly isQuotable: boolean;
    };

export function attributionOf(note: Note, people: People): Attribution {
  if (note.withdrawn) return { kind: "withheld" };
  const governing = note.author ?? note.enteredBy;
  const person = governing === null ? undefined : people.get(governing);
  if (person?.consent.research === false) return { kind: "withheld" };

  const editors = note.editors.map((id) => consenting(id, people)).filter((editor) => editor !== null);
  editors.sort(compareByCode);
  // Naming who typed the words of somebody who stays unnamed would make them look like the typist's own.
  if (person?.consent.research !== true) return { kind: "nobody", isHidden: governing !== null, editors };
  return {
    kind: "somebody",
    author: consenting(note.author, people),
    enteredBy: consenting(note.enteredBy, people),
    editors,
    isQuotable: person.consent.quote === true,
  };
}

export function compareByCode(a: ParticipantFacts, b: ParticipantFacts): number {
  return a.code - b.code || compareText(a.id, b.id);
}

export function codeOrNull(person: ParticipantFacts | null): string | null {
  return person === null ? null : codeOfParticipant(person.code);
}

function consenting(id: ParticipantId | null, people: People): ParticipantFacts | null {
  const person = id === null ? undefined : people.get(id);
  return person?.consent.research === true ? person : null;
}

/** Fewer people than this who share a voice and an affiliation can be told apart by who knows the group. */
const fewestPerCell = 5;

/**
 * Which affiliations may stand beside a voice in an anonymous export: none as soon as one combination that occurs
 * has fewer than five people, since the rest would follow by elimination.
 */
export function createAffiliationFilter(people: People): (note: Note, affiliation: string) => boolean {
  const cells = new Map<string, number>();
  for (const person of people.values()) {
    if (person.consent.research !== true || person.affiliation === null) continue;
    const cell = cellOf(person.voice ?? "unspecified", person.affiliation);
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  const areAllLarge = [...cells.values()].every((size) => size >= fewestPerCell);
  // The voice stays on a note when its author's changes later: that combination must be a large cell as well.
  return (note, affiliation) => areAllLarge && cells.has(cellOf(note.voice, affiliation));
}

function cellOf(voice: string, affiliation: string): string {
  return `${voice}/${affiliation}`;
}
