import * as decoding from "lib0/decoding";
import type { Wire } from "../../server/relay/wire.ts";
import {
  decodeSaved,
  messageSaved,
  messageSync,
  messageWorkshopState,
  type RefusalReason,
  syncStep2,
} from "../../shared/protocol/messages.ts";

export type WireWatch = {
  readonly isOurs: boolean;
  readonly onSaved: (count: number) => void;
  /** The relay answers what somebody lacks. */
  readonly onAnswer: () => void;
  readonly onRefused: (count: number, reason: RefusalReason) => void;
  readonly fail: (message: string) => void;
  /** Null swallows a message. */
  readonly tamper?: (message: Uint8Array) => Uint8Array | null;
};

/** Reads along what the relay promises, at the moment at which it does: the network may lose it, a promise it is. */
export function watchWire(wire: Wire, watch: WireWatch): Wire {
  return {
    ...wire,
    send(sent) {
      const message = watch.tamper === undefined ? sent : watch.tamper(sent);
      if (message === null) return;
      const [kind, step] = message;
      if (kind === messageSync && step === syncStep2) watch.onAnswer();
      if (!watch.isOurs && (kind === messageSaved || kind === messageWorkshopState)) {
        watch.fail("a stock client gets a message of ours");
      }
      if (kind === messageSaved) readPromise(message, watch);
      wire.send(message);
    },
  };
}

function readPromise(message: Uint8Array, watch: WireWatch): void {
  const decoder = decoding.createDecoder(message);
  decoding.readVarUint(decoder);
  const told = decodeSaved(decoder);
  if (!told.ok) watch.fail("the relay says something unreadable about saving");
  else if (told.value.kind === "saved") watch.onSaved(told.value.count);
  else if (told.value.kind === "refused") watch.onRefused(told.value.count, told.value.reason);
}
