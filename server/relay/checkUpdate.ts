import * as Y from "yjs";
import { type Result, refuse, succeed } from "../../shared/result.ts";
import { isDeeperThan } from "./depth.ts";
import { createDepthOf } from "./typeDepth.ts";

/*
 * An update is looked at before the shared document is touched. What fails half-way inside Yjs would leave pending
 * structs behind, which lock later joiners out; what refers to things this document does not have would wait there
 * for ever.
 */

export type DecodedUpdate = ReturnType<typeof Y.decodeUpdate>;

export type UpdateError =
  /** Not an update at all. */
  | { readonly kind: "unreadable" }
  /** Builds on changes that are not here: the sender has to start over from our state vector. */
  | { readonly kind: "gap" }
  | { readonly kind: "tooManyDeletions" }
  | { readonly kind: "notForABoard" };

const maxValueDepth = 16;
/** A board's types lie two deep: a note, and its text. Yjs takes one call per level when it removes them. */
const maxTypeDepth = 6;
/** Far beyond any honest document, and far below where numbers lose precision. */
const highestClock = 2 ** 48;

/** Whether the whole update can be integrated into this document now. */
export function checkUpdate(
  doc: Y.Doc,
  update: DecodedUpdate,
  { maxDeleteRanges }: { readonly maxDeleteRanges: number },
): Result<void, UpdateError> {
  const reach = reachAfter(doc, update);
  if (!reach.ok) return reach;
  const depthOf = createDepthOf(doc, update);
  for (const struct of update.structs) {
    if (!(struct instanceof Y.Item)) continue;
    if (!isFitForABoard(struct)) return refuse({ kind: "notForABoard" });
    if (struct.content instanceof Y.ContentType && depthOf(struct) > maxTypeDepth) {
      return refuse({ kind: "notForABoard" });
    }
    const parent = struct.parent instanceof Y.ID ? struct.parent : null;
    for (const reference of [struct.origin, struct.rightOrigin, parent]) {
      if (reference === null) continue;
      if (reference.client === struct.id.client && reference.clock >= struct.id.clock) {
        return refuse({ kind: "unreadable" });
      }
      if (reference.clock >= reach.value(reference.client)) return refuse({ kind: "gap" });
    }
  }
  let ranges = 0;
  for (const [client, deletions] of update.ds.clients) {
    for (const { clock, len } of deletions) {
      if (clock + len > reach.value(client)) return refuse({ kind: "gap" });
    }
    if (hasOverlap(deletions)) return refuse({ kind: "unreadable" });
    ranges += deletions.length;
  }
  // A long-lived board lists thousands of old deletions whenever someone joins: only new ones count.
  if (ranges > maxDeleteRanges && countNewDeletions(doc, update) > maxDeleteRanges) {
    return refuse({ kind: "tooManyDeletions" });
  }
  return succeed(undefined);
}

/** Every encoder merges what it lists; a range that is listed over and over only costs whoever walks it each time. */
function hasOverlap(deletions: readonly { readonly clock: number; readonly len: number }[]): boolean {
  let end = 0;
  let isSorted = true;
  for (const { clock, len } of deletions) {
    if (clock < end) isSorted = false;
    end = clock + len;
  }
  if (isSorted) return false;
  const sorted = [...deletions].sort((a, b) => a.clock - b.clock);
  return sorted.some(({ clock }, index) => {
    const before = sorted[index - 1];
    return before !== undefined && clock < before.clock + before.len;
  });
}

/** True when the document has all of it already, deletions too. */
export function changesNothing(doc: Y.Doc, update: DecodedUpdate): boolean {
  for (const struct of update.structs) {
    if (struct instanceof Y.Skip) continue;
    if (struct.id.clock + struct.length > stateOf(doc, struct.id.client)) return false;
  }
  return countNewDeletions(doc, update) === 0;
}

/** How far each client's clock would reach with the update applied; refuses one that leaves a hole. */
function reachAfter(doc: Y.Doc, update: DecodedUpdate): Result<(client: number) => number, UpdateError> {
  const reach = new Map<number, number>();
  const reachOf = (client: number) => reach.get(client) ?? stateOf(doc, client);
  for (const struct of update.structs) {
    const { client, clock } = struct.id;
    const end = clock + struct.length;
    if (!(end <= highestClock) || struct.length < 1) return refuse({ kind: "unreadable" });
    if (struct instanceof Y.Skip) continue;
    if (clock > reachOf(client)) return refuse({ kind: "gap" });
    if (end > reachOf(client)) reach.set(client, end);
  }
  return succeed(reachOf);
}

function stateOf(doc: Y.Doc, client: number): number {
  return Y.getState(doc.store, client);
}

function countNewDeletions(doc: Y.Doc, update: DecodedUpdate): number {
  let count = 0;
  for (const [client, deletions] of update.ds.clients) {
    const structs = doc.store.clients.get(client) ?? [];
    const state = stateOf(doc, client);
    for (const { clock, len } of deletions) {
      if (clock + len > state || !isDeletedAlready(structs, clock, clock + len)) count += 1;
    }
  }
  return count;
}

function isDeletedAlready(structs: (Y.Item | Y.GC)[], start: number, end: number): boolean {
  if (start >= end) return true;
  for (let index = Y.findIndexSS(structs, start); index < structs.length; index += 1) {
    const struct = structs[index];
    if (struct === undefined || struct.id.clock >= end) return true;
    if (!struct.deleted) return false;
  }
  return true;
}

/** Documents inside the document, and values nested so deep that encoding them overflows the stack, are refused. */
function isFitForABoard(item: Y.Item): boolean {
  const { content } = item;
  if (content instanceof Y.ContentDoc) return false;
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) {
    return !isDeeperThan(content.arr, maxValueDepth);
  }
  if (content instanceof Y.ContentEmbed) return !isDeeperThan(content.embed, maxValueDepth);
  if (content instanceof Y.ContentFormat) return !isDeeperThan(content.value, maxValueDepth);
  return true;
}
