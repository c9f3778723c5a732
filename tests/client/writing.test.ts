import { expect, test } from "vitest";
import * as Y from "yjs";
import { createSource } from "../../client/model/observable.ts";
import { watchWriting } from "../../client/model/writing.ts";
import { documentSchema, metaOf } from "../../shared/board/boardDocument.ts";
import { type GroupFacts, groupFactsSchema, type Role } from "../../shared/workshop/workshop.ts";

const open: GroupFacts = groupFactsSchema.parse({
  id: "group00000000001",
  name: "Groep 1",
  focus: "individual",
  boardId: "board00000000001",
  templateId: "tree",
  createdAt: "2026-01-01T00:00:00Z",
});
const locked: GroupFacts = { ...open, locked: true };

function setUp(role: Role, facts: GroupFacts = open) {
  const doc = new Y.Doc();
  const group = createSource(facts);
  const writing = watchWriting({ role, doc, group });
  const told: (string | null)[] = [];
  writing.whyReadOnly.subscribe(() => told.push(writing.whyReadOnly.get()));
  return { doc, group, writing, told };
}

test("[S13] a screen follows the lock of its board, for writers and for the facilitator", () => {
  for (const role of ["contribute", "facilitate"] as const) {
    const { group, writing, told } = setUp(role);
    expect(writing.mayWrite.get()).toBe(true);

    group.set(locked);
    expect([writing.mayWrite.get(), writing.whyReadOnly.get()]).toEqual([false, "locked"]);
    // The state of the workshop comes again whenever anything in it changes.
    group.set({ ...locked });
    group.set(open);

    expect([writing.mayWrite.get(), writing.whyReadOnly.get()]).toEqual([true, null]);
    expect(told).toEqual(["locked", null]);
  }
});

test("[S13] a board that is locked from the start is so before anything is heard", () => {
  const { writing } = setUp("contribute", locked);

  expect([writing.mayWrite.get(), writing.whyReadOnly.get()]).toEqual([false, "locked"]);
});

test("[S13] unlocking gives nobody more than they had: not a view link, not a page that is too old", () => {
  const viewer = setUp("view", locked);
  viewer.group.set(open);
  expect([viewer.writing.mayWrite.get(), viewer.writing.whyReadOnly.get()]).toEqual([false, "viewLink"]);

  const old = setUp("contribute", locked);
  metaOf(old.doc).set("schema", documentSchema + 1);
  old.group.set(open);
  expect([old.writing.mayWrite.get(), old.writing.whyReadOnly.get()]).toEqual([false, "newerDocument"]);
});

test("[S13] a closed board is listened to no longer", () => {
  const { group, writing, told } = setUp("contribute");

  writing.stop();
  group.set(locked);

  expect(told).toEqual([]);
});
