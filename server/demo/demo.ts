import * as Y from "yjs";
import { z } from "zod";
import { type NoteId, noteIdSchema, workshopIdSchema } from "../../shared/board/ids.ts";
import { nextFreeSpot, type ZoneId } from "../../shared/board/placement.ts";
import { BoardWriter } from "../../shared/board/writeBoard.ts";
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
      bytes: treeUpdate(tree, context.now()),
    };
  });
  await context.store.appendUpdates(updates);
  return workshop;
}

function treeUpdate(
  tree: Readonly<Record<Exclude<ZoneId, "unplaced">, readonly string[]>>,
  at: number,
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
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
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
