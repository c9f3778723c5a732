import * as Y from "yjs";
import { z } from "zod";
import {
  type NoteId,
  noteIdSchema,
  participantIdSchema,
  themeIdSchema,
  workshopIdSchema,
} from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import { nextFreeSpot, type ZoneId } from "../../shared/board/placement.ts";
import { readBoard } from "../../shared/board/readBoard.ts";
import { gatherSpots } from "../../shared/board/themeLayout.ts";
import { BoardWriter, type WriteError } from "../../shared/board/writeBoard.ts";
import type { Result } from "../../shared/result.ts";
import type { Focus } from "../../shared/template/template.ts";
import { treeTemplate } from "../../shared/template/tree.ts";
import { formatJoinCode } from "../../shared/workshop/joinCode.ts";
import { focusSchema } from "../../shared/workshop/workshop.ts";
import type { HttpContext } from "../http/context.ts";
import { newGroupRecord, newWorkshopRecord } from "../http/workshops.ts";
import type { GroupRecord, NewUpdate, WorkshopRecord } from "../store/store.ts";
import doornTrees from "./doornTrees.json" with { type: "json" };

const texts = z.array(z.string());
const treesSchema = z.object({
  title: z.string(),
  trees: z.array(z.object({ focus: focusSchema, roots: texts, wateringCan: texts, fruits: texts })),
});

const demoGroups: readonly { readonly name: string; readonly focus: Focus }[] = [
  { name: "Groep 1", focus: "individual" },
  { name: "Groep 2", focus: "individual" },
  { name: "Groep 3", focus: "community" },
];
const demoId = workshopIdSchema.parse("demo0doorn000000");

/** Makes the workshop of Doorn with its trees, once; later starts find it again. Answers with the links to print. */
export async function ensureDemo(context: HttpContext, address: string): Promise<string> {
  const { store } = context;
  const existing = await store.workshop(demoId);
  const workshop = existing ?? (await seed(context));
  return linksOf(context, workshop, await store.groupsOf(workshop.facts.id), address);
}

async function seed(context: HttpContext): Promise<WorkshopRecord> {
  const { title, trees } = treesSchema.parse(doornTrees);
  const made = newWorkshopRecord(context, { title, language: "nl", date: null });
  const workshop = { ...made, facts: { ...made.facts, id: demoId } };
  const groups = demoGroups.map((group) => newGroupRecord(context, demoId, group));
  const kept = await context.store.createWorkshop(workshop, groups);
  if (!kept.ok) throw new Error("the demo could not be made; start again");
  const updates = groups.map((group): NewUpdate => {
    const tree = trees.find((candidate) => candidate.focus === group.facts.focus);
    if (tree === undefined) throw new Error(`no tree with focus ${group.facts.focus}`);
    return {
      boardId: group.facts.boardId,
      participant: null,
      receivedAt: context.now(),
      bytes: treeUpdate(tree, context.now(), group.facts.focus === "community" ? decorate : null),
    };
  });
  await context.store.appendUpdates(updates);
  return workshop;
}

type Decorate = (doc: Y.Doc, writer: BoardWriter) => void;

function treeUpdate(
  tree: Readonly<Record<Exclude<ZoneId, "unplaced">, readonly string[]>>,
  at: number,
  decorate: Decorate | null,
): Uint8Array {
  const doc = new Y.Doc();
  let made = 0;
  const writer = new BoardWriter({
    doc,
    now: () => at + made * 1000,
    createNoteId: (): NoteId => {
      made += 1;
      return noteIdSchema.parse(`demo${String(made).padStart(12, "0")}`);
    },
    actor: () => null,
  });
  const taken: { x: number; y: number }[] = [];
  for (const zone of ["roots", "wateringCan", "fruits"] as const) {
    for (const text of tree[zone]) {
      const placement = nextFreeSpot(zone, taken, treeTemplate);
      taken.push(placement);
      const added = writer.addNote({ text, placement, source: "import", voice: "unspecified" });
      if (!added.ok) throw new Error(`demo note refused: ${added.error.kind}`);
    }
  }
  decorate?.(doc, writer);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

const demoTheme = {
  id: themeIdSchema.parse("demotheme0000001"),
  title: "Samen terugkijken",
  notes: ["Reflecteren", "Blijven spiegelen", "Samen evalueren"],
};
const demoHighlights = ["Respect voor elkaar", "Humor gebruiken", "Opening voor andere perspectieven"];
/** Six people gave three dots each, to these notes. */
const demoDots: readonly (readonly string[])[] = [
  ["Respect voor elkaar", "Humor gebruiken", "Lef"],
  ["Respect voor elkaar", "Elkaar vertrouwen", "Samen evalueren"],
  ["Respect voor elkaar", "Humor gebruiken", "Minder angst voor elkaar"],
  ["Elkaar vertrouwen", "Opening voor andere perspectieven", "Humor gebruiken"],
  ["Respect voor elkaar", "Opening voor andere perspectieven", "Doorzettingsvermogen"],
  ["Steun van beleidsmakers", "Opening voor andere perspectieven", "Humor gebruiken"],
];

/** What a group does with its tree at the end: a theme, a round of dots that was shown, and notes for the plenary. */
function decorate(doc: Y.Doc, writer: BoardWriter): void {
  const notes = [...readBoard(doc).notes.values()];
  const noteWith = (text: string): Note => {
    const note = notes.find((candidate) => candidate.text === text);
    if (note === undefined) throw new Error(`no demo note ${text}`);
    return note;
  };
  const must = (result: Result<unknown, WriteError>) => {
    if (!result.ok) throw new Error(`demo refused: ${result.error.kind}`);
  };

  const [around, ...coming] = demoTheme.notes.map(noteWith);
  if (around === undefined) throw new Error("a theme without notes");
  const taken = notes.filter((note) => !coming.includes(note)).map(({ placement }) => placement);
  const spots = gatherSpots(around.placement, coming.length, taken, treeTemplate);
  const members = [around, ...coming].map(({ id, placement }, index) => ({
    note: id,
    placement: spots[index - 1] ?? placement,
  }));
  must(writer.addTheme(demoTheme.id, demoTheme.title, members));

  must(writer.setVoting({ dots: 3, phase: "open" }));
  for (const [index, texts] of demoDots.entries()) {
    const person = participantIdSchema.parse(`demoperson00000${index}`);
    for (const text of texts) must(writer.vote(noteWith(text).id, person, 1));
  }
  must(writer.setVoting({ dots: 3, phase: "shown" }));
  for (const text of demoHighlights) must(writer.highlightNote(noteWith(text).id));
}

function linksOf(
  { keyring }: HttpContext,
  workshop: WorkshopRecord,
  groups: readonly GroupRecord[],
  address: string,
): string {
  const board = (group: GroupRecord, role: "contribute" | "view") =>
    `${address}/board/${group.facts.boardId}#${keyring.boardKey(role, group)}`;
  return [
    `${workshop.facts.title}`,
    `  facilitator  ${address}/workshop/${workshop.facts.id}#${keyring.facilitateKey(workshop)}`,
    `  join         ${address}/join/${workshop.joinCode}   (code ${formatJoinCode(workshop.joinCode)})`,
    ...groups.flatMap((group) => [
      `  ${group.facts.name} (${group.facts.focus})`,
      `    contribute ${board(group, "contribute")}`,
      `    view       ${board(group, "view")}`,
    ]),
    "",
  ].join("\n");
}
