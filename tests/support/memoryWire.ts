import type { Wire, WireEvents } from "../../server/relay/wire.ts";

/*
 * A connection that exists only as two queues, which a test empties by hand, one message at a time. What goes one way
 * arrives in order; between connections nothing is promised. A break loses what was under way behind some point, and
 * either side may learn of it late, or never.
 */

export type Side = "relay" | "client";

export type ClientEvents = {
  readonly onOpen: () => void;
  readonly onMessage: (message: Uint8Array) => void;
  /** With the code of a goodbye, or null when the connection just broke. */
  readonly onEnd: (code: number | null) => void;
};

export type MemoryLink = {
  /** The relay's end. */
  readonly wire: Wire;
  readonly sendAsClient: (message: Uint8Array) => void;
  /** The client goes, and says so behind what it sent before. */
  readonly leaveAsClient: () => void;
  /** How much is under way to that side. */
  readonly underWayTo: (side: Side) => number;
  /** Whether something is under way to that side and somebody listens there. */
  readonly canDeliverTo: (side: Side) => boolean;
  /** The oldest of what is under way to the relay, when it is a message. */
  readonly nextToRelay: () => Uint8Array | null;
  /** Nothing gets through any more, whoever knows it. */
  readonly isBroken: () => boolean;
  /** Both sides are done with it. */
  readonly isOver: () => boolean;
  /** Hands over the oldest of what is under way. */
  readonly deliverTo: (side: Side) => void;
  /** The network fails: of what is under way only so much arrives, nothing more gets through, and nobody is told. */
  readonly breakOff: (arrives: Readonly<Record<Side, number>>) => void;
  /** That side finds out that it broke, behind what still arrives. */
  readonly tellEnd: (side: Side) => void;
  /** The process at the relay's end is gone: it hears nothing any more. */
  readonly forgetRelay: () => void;
};

type Parcel =
  | { readonly kind: "open" }
  | { readonly kind: "message"; readonly message: Uint8Array }
  | { readonly kind: "ping" }
  | { readonly kind: "alive" }
  | { readonly kind: "end"; readonly code: number | null };

export function createMemoryLink(client: ClientEvents): MemoryLink {
  const queues: Readonly<Record<Side, Parcel[]>> = { relay: [], client: [{ kind: "open" }] };
  const hasEnded: Record<Side, boolean> = { relay: false, client: false };
  const isEndUnderWay: Record<Side, boolean> = { relay: false, client: false };
  let relay: WireEvents | null = null;
  let isBroken = false;
  let isRelayLeaving = false;
  let buffered = 0;

  function dispatch(side: Side, parcel: Parcel): void {
    if (hasEnded[side] || isEndUnderWay[side]) return;
    if (parcel.kind === "end") isEndUnderWay[side] = true;
    queues[side].push(parcel);
  }

  function toClient(parcel: Parcel): void {
    if (isRelayLeaving || hasEnded.relay) return;
    if (parcel.kind === "message") buffered += parcel.message.length;
    if (!isBroken) dispatch("client", parcel);
  }

  function hearAsClient(parcel: Parcel): void {
    if (parcel.kind === "open") client.onOpen();
    else if (parcel.kind === "message") {
      buffered -= parcel.message.length;
      client.onMessage(parcel.message);
    } else if (parcel.kind === "ping") {
      if (!isBroken) dispatch("relay", { kind: "alive" });
    } else if (parcel.kind === "end") {
      hasEnded.client = true;
      // The other side of a goodbye.
      if (!isBroken) dispatch("relay", { kind: "end", code: null });
      client.onEnd(parcel.code);
    }
  }

  function hearAsRelay(events: WireEvents, parcel: Parcel): void {
    if (parcel.kind === "message") events.onMessage(parcel.message);
    else if (parcel.kind === "alive") events.onAlive();
    else if (parcel.kind === "end") {
      hasEnded.relay = true;
      queues.relay.length = 0;
      events.onEnd();
    }
  }

  const wire: Wire = {
    listen(events) {
      if (relay !== null) throw new Error("somebody listens already");
      relay = events;
    },
    send: (message) => toClient({ kind: "message", message }),
    bufferedBytes: () => buffered,
    ping: () => toClient({ kind: "ping" }),
    close(code) {
      toClient({ kind: "end", code });
      isRelayLeaving = true;
    },
    cut() {
      if (hasEnded.relay) return;
      if (!isBroken) dispatch("client", { kind: "end", code: null });
      isRelayLeaving = true;
      isBroken = true;
      queues.relay.length = 0;
      isEndUnderWay.relay = false;
      dispatch("relay", { kind: "end", code: null });
    },
  };

  return {
    wire,
    sendAsClient(message) {
      if (!hasEnded.client && !isBroken) dispatch("relay", { kind: "message", message });
    },
    leaveAsClient() {
      if (hasEnded.client) return;
      hasEnded.client = true;
      queues.client.length = 0;
      if (!isBroken) dispatch("relay", { kind: "end", code: null });
    },
    underWayTo: (side) => queues[side].length,
    canDeliverTo: (side) =>
      queues[side].length > 0 && !hasEnded[side] && (side === "client" || relay !== null),
    nextToRelay() {
      const [next] = queues.relay;
      return next?.kind === "message" ? next.message : null;
    },
    isBroken: () => isBroken,
    isOver: () => hasEnded.relay && hasEnded.client,
    deliverTo(side) {
      if (hasEnded[side] || (side === "relay" && relay === null)) return;
      const parcel = queues[side].shift();
      if (parcel === undefined) return;
      if (side === "client") hearAsClient(parcel);
      else if (relay !== null) hearAsRelay(relay, parcel);
    },
    breakOff(arrives) {
      isBroken = true;
      for (const side of ["relay", "client"] as const) {
        const lost = queues[side].splice(arrives[side]);
        if (lost.some(({ kind }) => kind === "end")) isEndUnderWay[side] = false;
      }
    },
    tellEnd: (side) => dispatch(side, { kind: "end", code: null }),
    forgetRelay() {
      hasEnded.relay = true;
      isBroken = true;
      relay = null;
      queues.relay.length = 0;
    },
  };
}
