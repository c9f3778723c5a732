import * as Y from "yjs";
import type { DecodedUpdate } from "./checkUpdate.ts";

type Struct = DecodedUpdate["structs"][number];

/**
 * How deep the shared types of an update would lie, counted from the roots of the document: 1 for a note. An item
 * names its parent, or only a neighbour with the same parent, which may be in the document or in the update itself.
 */
export function createDepthOf(doc: Y.Doc, update: DecodedUpdate): (item: Y.Item) => number {
  const byClient = new Map<number, Struct[]>();
  for (const struct of update.structs) {
    const known = byClient.get(struct.id.client);
    if (known === undefined) byClient.set(struct.id.client, [struct]);
    else known.push(struct);
  }
  /** Depth of what an item lies in; 0 in a root. */
  const parentDepths = new Map<Struct, number>();

  function find(id: Y.ID): Struct | null {
    if (id.clock < Y.getState(doc.store, id.client)) {
      const structs = doc.store.clients.get(id.client) ?? [];
      return structs[Y.findIndexSS(structs, id.clock)] ?? null;
    }
    return findIn(byClient.get(id.client) ?? [], id.clock);
  }

  /** Walks up, and along neighbours, with a list of its own: both ways may be long. */
  function parentDepth(start: Y.Item): number {
    const path: Y.Item[] = [];
    let levels = 0;
    let current: Struct | null = start;
    let depth = 0;
    const levelsAt: number[] = [];
    while (current instanceof Y.Item) {
      const known = parentDepths.get(current);
      if (known !== undefined) {
        depth = known;
        break;
      }
      path.push(current);
      levelsAt.push(levels);
      const parent: unknown = current.parent;
      if (parent instanceof Y.AbstractType) {
        depth = depthOfType(parent);
        break;
      }
      if (parent instanceof Y.ID) {
        current = find(parent);
        levels += 1;
      } else if (parent === null) {
        const neighbour: Y.ID | null = current.origin ?? current.rightOrigin;
        current = neighbour === null ? null : find(neighbour);
      } else {
        // The name of a root.
        break;
      }
      if (path.length > update.structs.length + 1) return Number.POSITIVE_INFINITY;
    }
    for (const [index, item] of path.entries()) {
      parentDepths.set(item, depth + levels - (levelsAt[index] ?? 0));
    }
    return depth + levels;
  }

  return (item) => 1 + parentDepth(item);
}

/** How deep the content of a type that is in a document lies: 0 for a root. */
function depthOfType(type: Y.AbstractType<unknown>): number {
  let depth = 0;
  for (let item = type._item; item !== null; depth += 1) {
    const parent: unknown = item.parent;
    item = parent instanceof Y.AbstractType ? parent._item : null;
  }
  return depth;
}

function findIn(structs: readonly Struct[], clock: number): Struct | null {
  let low = 0;
  let high = structs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const struct = structs[middle];
    if (struct === undefined) return null;
    if (clock < struct.id.clock) high = middle - 1;
    else if (clock >= struct.id.clock + struct.length) low = middle + 1;
    else return struct;
  }
  return null;
}
