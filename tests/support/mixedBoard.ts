import * as Y from "yjs";
import { noteKeys, notesOf, themeKeys, themesOf } from "../../shared/board/boardDocument.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { ParticipantFacts } from "../../shared/workshop/workshop.ts";
import {
  createExportState,
  createHand,
  createPerson,
  type ExportState,
  exampleStart,
  writeNote,
} from "./exportBoards.ts";

export type MixedBoard = {
  readonly doc: Y.Doc;
  readonly state: ExportState;
  readonly alice: ParticipantFacts;
  readonly bob: ParticipantFacts;
  readonly chen: ParticipantFacts;
  readonly dina: ParticipantFacts;
  readonly notes: Readonly<Record<MixedNote, NoteId>>;
};

type MixedNote =
  | "byAlice"
  | "byBob"
  | "byChen"
  | "byDina"
  | "byNobody"
  | "bobTypedForAlice"
  | "aliceTypedForBob"
  | "chenTypedForAlice"
  | "removed";

/**
 * Everything the consent rules tell apart. Alice said yes to all; Bob was not asked; Chen wants no part in the
 * research; Dina said yes to research and no to quotes.
 */
export function createMixedBoard(): MixedBoard {
  const alice = createPerson("alice", 12, { name: "Alice Appel", voice: "informal", affiliation: "Zaandam" });
  const bob = createPerson("bob", 1, {
    name: "Bob Berk",
    voice: "formal",
    consent: { research: null, quote: null },
  });
  const chen = createPerson("chen", 7, { name: "Chen Ceder", consent: { research: false, quote: false } });
  const dina = createPerson("dina", 100, { consent: { research: true, quote: false }, affiliation: null });

  const doc = new Y.Doc();
  const hand = createHand(doc);
  const notes: Record<MixedNote, NoteId> = {
    byAlice: writeNote(doc, hand, {
      text: "Respect voor elkaar",
      enteredBy: alice.id,
      author: alice.id,
      voice: "informal",
    }),
    byBob: writeNote(doc, hand, {
      text: "Afspraken maken",
      enteredBy: bob.id,
      author: bob.id,
      voice: "formal",
    }),
    byChen: writeNote(doc, hand, {
      text: "Geheim van Chen",
      enteredBy: chen.id,
      author: chen.id,
      voice: "both",
    }),
    byDina: writeNote(doc, hand, {
      text: "Humor gebruiken",
      enteredBy: dina.id,
      author: dina.id,
      zone: "wateringCan",
    }),
    byNobody: writeNote(doc, hand, { text: "Lef", zone: "fruits" }),
    bobTypedForAlice: writeNote(doc, hand, { text: "Openstaan", enteredBy: bob.id, author: alice.id }),
    aliceTypedForBob: writeNote(doc, hand, {
      text: "Gezamenlijke visie",
      enteredBy: alice.id,
      author: bob.id,
    }),
    chenTypedForAlice: writeNote(doc, hand, {
      text: "Reflecteren",
      enteredBy: chen.id,
      author: alice.id,
      zone: "unplaced",
    }),
    removed: writeNote(doc, hand, { text: "Goede communicatie", enteredBy: alice.id, author: alice.id }),
  };

  hand.wait(60_000);
  for (const person of [alice, bob, chen, dina]) {
    hand.actAs(person.id);
    hand.writer.rewordNote(notes.byAlice, `Respect voor elkaar, ${person.code}`);
    hand.writer.vote(notes.byAlice, person.id, 2);
    hand.wait(20_000);
  }
  hand.actAs(bob.id);
  hand.writer.removeNote(notes.removed);
  addTheme(doc, "zz-first", "Vertrouwen", exampleStart + 1);
  addTheme(doc, "aa-second", "Tijd", exampleStart + 70_000);
  for (const id of [notes.byAlice, notes.byBob, notes.byChen]) putUnder(doc, id, "zz-first");

  return { doc, state: createExportState([alice, bob, chen, dina]), alice, bob, chen, dina, notes };
}

function addTheme(doc: Y.Doc, id: string, title: string, createdAt: number): void {
  const entry = new Y.Map<unknown>();
  entry.set(themeKeys.title, new Y.Text(title));
  entry.set(themeKeys.createdAt, createdAt);
  themesOf(doc).set(id, entry);
}

function putUnder(doc: Y.Doc, note: NoteId, theme: string): void {
  const entry = notesOf(doc).get(note);
  if (!(entry instanceof Y.Map)) throw new Error("no such note");
  entry.set(noteKeys.theme, theme);
}
