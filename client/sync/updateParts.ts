import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { maxDeleteRangesPerUpdate } from "../../shared/protocol/limits.ts";

/*
 * The relay reads frames up to a size, and a device that worked without a connection may have far more to hand in. A
 * large update therefore goes out in parts, each of which can be taken in when those before it were: a struct comes
 * after everything that it refers to. What was deleted of a struct goes along with it, so that nothing removed shows up
 * for a while; deletions of what was there before come last, when that which replaces it is there.
 *
 * A struct is never cut. The largest of a board are a drawing and a text of 2,000 characters, 50 kB at most; one of more
 * than a part would go out as a part of its own, and the relay judges it.
 */

export type PartLimits = {
  readonly bytes: number;
  readonly deleteRanges: number;
};

type Struct = ReturnType<typeof Y.decodeUpdate>["structs"][number];
type Range = { readonly clock: number; readonly len: number };

/**
 * Far smaller than a frame may be: what arrived before a break need not travel again, and on a line of 10 kB/s the
 * relay still hears a whole frame before it takes the device for gone.
 */
export const partLimits: PartLimits = { bytes: 250_000, deleteRanges: maxDeleteRangesPerUpdate };

const leastRangeBytes = 2;
/** Two numbers of seven bytes: clocks stay below 2^48. */
const mostRangeBytes = 14;
/** What names a client once among the structs and once among the deletions. */
const mostClientBytes = 40;
const mostCountBytes = 10;

/**
 * An update as updates that are to be taken in in this order; put together they are the same. One that is small enough,
 * as nearly all are, stays as it is and is not even looked into.
 */
export function updateParts(
  update: Uint8Array,
  limits: PartLimits = partLimits,
): readonly [Uint8Array, ...Uint8Array[]] {
  if (update.length <= Math.min(limits.bytes, leastRangeBytes * limits.deleteRanges)) return [update];
  const { structs, ds } = Y.decodeUpdate(update);
  const ranges = [...ds.clients.values()].reduce((sum, { length }) => sum + length, 0);
  if (update.length <= limits.bytes && ranges <= limits.deleteRanges) return [update];

  const parts = createParts(limits);
  /** Of each client, the latest first. */
  const deletions = new Map<number, Range[]>();
  for (const [client, its] of ds.clients) {
    deletions.set(
      client,
      [...its].sort((a, b) => b.clock - a.clock),
    );
  }
  const older: (readonly [client: number, Range])[] = [];
  for (const struct of inCausalOrder(structs)) {
    const { client, clock } = struct.id;
    const its = deletions.get(client) ?? [];
    for (const range of takeBefore(its, clock)) older.push([client, range]);
    parts.addStruct(struct, takeBefore(its, clock + struct.length));
  }
  for (const [client, range] of older) parts.addDeletion(client, range);
  for (const [client, its] of deletions) {
    for (const range of its.reverse()) parts.addDeletion(client, range);
  }
  return parts.finish();
}

/** Takes what lies before a clock off the end of a list that has the latest first; a range across it is cut. */
function takeBefore(ranges: Range[], end: number): readonly Range[] {
  const taken: Range[] = [];
  for (let range = ranges.at(-1); range !== undefined && range.clock < end; range = ranges.at(-1)) {
    ranges.pop();
    const rest = range.clock + range.len - end;
    if (rest > 0) ranges.push({ clock: end, len: rest });
    taken.push(rest > 0 ? { clock: range.clock, len: range.len - rest } : range);
  }
  return taken;
}

type Queue = { readonly structs: Struct[]; next: number };

/** Each client's structs as they lie, each after what it refers to, as far as that is among them. */
function* inCausalOrder(structs: readonly Struct[]): Generator<Struct> {
  const queues = new Map<number, Queue>();
  for (const struct of structs) {
    const queue = queues.get(struct.id.client);
    if (queue === undefined) queues.set(struct.id.client, { structs: [struct], next: 0 });
    else queue.structs.push(struct);
  }

  /** Whose next struct has to come first. */
  function awaitedBy(struct: Struct, path: readonly Queue[]): Queue | undefined {
    for (const { client, clock } of referencesOf(struct)) {
      const queue = queues.get(client);
      const next = queue?.structs[queue.next];
      // Structs that wait for each other are nothing that Yjs writes; they are not to hold up the rest.
      if (queue !== undefined && next !== undefined && next.id.clock <= clock && !path.includes(queue))
        return queue;
    }
    return undefined;
  }

  for (const queue of queues.values()) {
    // Not by recursion: two people who write by turns depend on each other a thousand times.
    const path = [queue];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const struct = top.structs[top.next];
      if (struct === undefined) {
        path.pop();
        continue;
      }
      const awaited = awaitedBy(struct, path);
      if (awaited !== undefined) {
        path.push(awaited);
        continue;
      }
      top.next += 1;
      yield struct;
      if (path.length > 1) path.pop();
    }
  }
}

function referencesOf(struct: Struct): readonly Y.ID[] {
  if (!(struct instanceof Y.Item)) return [];
  const { origin, rightOrigin, parent } = struct;
  return [origin, rightOrigin, parent].filter((reference) => reference instanceof Y.ID);
}

type Span = { readonly from: number; to: number };
type Part = {
  /** Of each client how many structs, from which clock on, and where they are written. */
  readonly structs: Map<number, { readonly clock: number; count: number; readonly spans: Span[] }>;
  readonly deletions: Map<number, Range[]>;
  bytes: number;
  ranges: number;
};

function createParts(limits: PartLimits) {
  const full: Part[] = [];
  let part = emptyPart();
  /** All structs one after the other: one memory for each of them would take longer than writing them. */
  const written = new Y.UpdateEncoderV1();

  /** Begins the next part if this much more of a client would be too much for this one. */
  function makeRoom(client: number, bytes: number, ranges: number): void {
    const isNew = !part.structs.has(client) && !part.deletions.has(client);
    const more = (isNew ? mostClientBytes : 0) + bytes + ranges * mostRangeBytes;
    const isTooMuch = part.bytes + more > limits.bytes || part.ranges + ranges > limits.deleteRanges;
    if (isTooMuch && part.structs.size + part.deletions.size > 0) {
      full.push(part);
      part = emptyPart();
    }
    if (!part.structs.has(client) && !part.deletions.has(client)) part.bytes += mostClientBytes;
  }

  function addDeletion(client: number, range: Range): void {
    makeRoom(client, 0, 1);
    const its = part.deletions.get(client);
    const last = its?.at(-1);
    if (its !== undefined && last !== undefined && last.clock + last.len === range.clock) {
      its[its.length - 1] = { clock: last.clock, len: last.len + range.len };
      return;
    }
    if (its === undefined) part.deletions.set(client, [range]);
    else its.push(range);
    part.bytes += mostRangeBytes;
    part.ranges += 1;
  }

  return {
    addStruct(struct: Struct, deleted: readonly Range[]) {
      const { client, clock } = struct.id;
      const from = encoding.length(written.restEncoder);
      struct.write(written, 0);
      const to = encoding.length(written.restEncoder);
      makeRoom(client, to - from, deleted.length);
      part.bytes += to - from;
      const its = part.structs.get(client);
      const last = its?.spans.at(-1);
      if (its === undefined) part.structs.set(client, { clock, count: 1, spans: [{ from, to }] });
      else {
        its.count += 1;
        if (last?.to === from) last.to = to;
        else its.spans.push({ from, to });
      }
      for (const range of deleted) addDeletion(client, range);
    },
    addDeletion,
    finish(): readonly [Uint8Array, ...Uint8Array[]] {
      const bytes = written.toUint8Array();
      const [first = part, ...others] = [...full, part];
      return [encodePart(first, bytes), ...others.map((other) => encodePart(other, bytes))];
    },
  };
}

function emptyPart(): Part {
  return { structs: new Map(), deletions: new Map(), bytes: mostCountBytes, ranges: 0 };
}

/** As Yjs writes an update, in the first version of its format. */
function encodePart({ structs, deletions }: Part, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  const write = (value: number) => encoding.writeVarUint(encoder, value);
  write(structs.size);
  for (const [client, { clock, count, spans }] of structs) {
    write(count);
    write(client);
    write(clock);
    for (const { from, to } of spans) encoding.writeUint8Array(encoder, bytes.subarray(from, to));
  }
  write(deletions.size);
  for (const [client, ranges] of deletions) {
    write(client);
    write(ranges.length);
    for (const { clock, len } of ranges) {
      write(clock);
      write(len);
    }
  }
  return encoding.toUint8Array(encoder);
}
