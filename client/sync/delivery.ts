import type { RefusalReason } from "../../shared/protocol/messages.ts";

/*
 * What became of the sync frames of one socket. The relay counts them as they arrive and says how many are on its
 * disk, or that it dropped one. An answer (step 2) holds everything that the relay lacks: once one of them is on disk,
 * so is every change that was made before it was sent. A large answer or change goes out in several frames, one right
 * after the other, and counts when the last of them is dealt with: as dropped if any of them was.
 */

/** Changes that only this device has for sure. */
export type Kept = {
  readonly changes: number;
  /** When the oldest of them was made. */
  readonly since: number | null;
};

export const nothingKept: Kept = { changes: 0, since: null };

type Frame = {
  readonly at: number;
  readonly isAnswer: boolean;
  /** False when more frames of the same answer or change follow. */
  readonly isLast: boolean;
  readonly refusal: RefusalReason | null;
};

export type Delivery = {
  /** How many frames need no more word from the relay: on disk, or refused. */
  readonly settled: number;
  /** Those after them, in the order they went out. */
  readonly waiting: readonly Frame[];
  /** Made before this socket opened: the first answer takes them along. */
  readonly carried: Kept;
  readonly answer: "notSent" | "sent" | "settled";
  /** Why a frame was dropped of the answer or change whose last frame is not settled yet. */
  readonly partDropped: RefusalReason | null;
  /** What the relay dropped, as long as no later answer brought it after all. */
  readonly dropped: (Kept & { readonly reason: RefusalReason }) | null;
};

export function startDelivery(carried: Kept): Delivery {
  return { settled: 0, waiting: [], carried, answer: "notSent", partDropped: null, dropped: null };
}

export function noteSent(
  delivery: Delivery,
  { isAnswer, frames, at }: { isAnswer: boolean; frames: number; at: number },
): Delivery {
  const sent = Array.from({ length: frames }, (_, index): Frame => {
    return { at, isAnswer, isLast: index === frames - 1, refusal: null };
  });
  return {
    ...delivery,
    waiting: [...delivery.waiting, ...sent],
    answer: isAnswer && delivery.answer === "notSent" ? "sent" : delivery.answer,
  };
}

/** A count above what was sent is not ours to believe; one below what is settled is an old one. */
export function noteSaved(delivery: Delivery, count: number): Delivery {
  if (count > delivery.settled + delivery.waiting.length) return delivery;
  return settle(delivery, Math.max(0, count - delivery.settled));
}

export function noteRefused(delivery: Delivery, count: number, reason: RefusalReason): Delivery {
  const index = count - delivery.settled - 1;
  if (delivery.waiting[index] === undefined) {
    // No frame that is still open: worry without knowing what about.
    return { ...delivery, dropped: drop(delivery.dropped, { reason, ...nothingKept }) };
  }
  const waiting = delivery.waiting.map((frame, at) => (at === index ? { ...frame, refusal: reason } : frame));
  const firstOpen = waiting.findIndex(({ refusal }) => refusal === null);
  return settle({ ...delivery, waiting }, firstOpen === -1 ? waiting.length : firstOpen);
}

/** Why a change of this device was dropped; null when none was, or when it arrived after all. */
export function refusalOf(delivery: Delivery): RefusalReason | null {
  const { dropped, partDropped, waiting } = delivery;
  return dropped?.reason ?? partDropped ?? waiting.find(({ refusal }) => refusal !== null)?.refusal ?? null;
}

export function isAllSaved(delivery: Delivery): boolean {
  return delivery.answer === "settled" && delivery.waiting.length === 0 && delivery.dropped === null;
}

/** When the oldest thing went out or was made that is not known to be on disk. */
export function waitingSince({ carried, waiting }: Delivery): number | null {
  return earlier(carried.since, waiting[0]?.at ?? null);
}

/** What only this device would have if the socket broke now. */
export function keptBy({ carried, dropped, waiting }: Delivery): Kept {
  const changes = waiting.filter(({ isAnswer, isLast }) => !isAnswer && isLast);
  return {
    changes: carried.changes + (dropped?.changes ?? 0) + changes.length,
    since: earlier(earlier(carried.since, dropped?.since ?? null), changes[0]?.at ?? null),
  };
}

function settle(delivery: Delivery, frames: number): Delivery {
  if (frames === 0) return delivery;
  let { carried, answer, partDropped, dropped } = delivery;
  for (const { isAnswer, isLast, refusal, at } of delivery.waiting.slice(0, frames)) {
    partDropped = refusal ?? partDropped;
    if (!isLast) continue;
    if (isAnswer) answer = "settled";
    if (partDropped !== null) {
      const lost = isAnswer ? nothingKept : { changes: 1, since: at };
      dropped = drop(dropped, { reason: partDropped, ...lost });
    } else if (isAnswer) {
      carried = nothingKept;
      dropped = null;
    }
    partDropped = null;
  }
  return {
    settled: delivery.settled + frames,
    waiting: delivery.waiting.slice(frames),
    carried,
    answer,
    partDropped,
    dropped,
  };
}

function drop(before: Delivery["dropped"], more: NonNullable<Delivery["dropped"]>): Delivery["dropped"] {
  if (before === null) return more;
  return {
    reason: more.reason,
    changes: before.changes + more.changes,
    since: earlier(before.since, more.since),
  };
}

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
