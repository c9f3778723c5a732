import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { type CloseReason, closeReasonOf } from "../../shared/protocol/closeReasons.ts";
import { messageSaved, messageSync, syncStep2, syncUpdate } from "../../shared/protocol/messages.ts";
import { updateParts } from "./updateParts.ts";

/** What a numbered socket tells, before the provider that uses it hears of it. */
export type SocketEars = {
  /** The number of the socket that is being made. */
  readonly number: () => number;
  readonly onOpen: (socket: number) => void;
  /** Anything but *saved*, which has to be decoded first; `isBoard` for the relay's answer. */
  readonly onMessage: (socket: number, message: { readonly isBoard: boolean }) => void;
  readonly onClose: (socket: number, reason: CloseReason | null) => void;
  /** A change or an answer is about to go out, in so many frames that the relay counts. */
  readonly onSyncFrames: (
    socket: number,
    sent: { readonly isAnswer: boolean; readonly frames: number },
  ) => void;
};

/** The browser's WebSocket with a number: the provider takes it for the real one. */
export function createRoomSocket(ears: SocketEars): typeof WebSocket {
  return class extends WebSocket {
    readonly #number: number;

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      const number = ears.number();
      this.#number = number;
      this.addEventListener("open", () => ears.onOpen(number));
      this.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
        const [type, kind] = data instanceof ArrayBuffer ? new Uint8Array(data, 0, firstBytes(data)) : [];
        if (type === messageSaved) return;
        ears.onMessage(number, { isBoard: type === messageSync && kind === syncStep2 });
      });
      this.addEventListener("close", ({ code, reason }) => ears.onClose(number, closeReasonOf(code, reason)));
    }

    override send(data: Parameters<WebSocket["send"]>[0]): void {
      if (data instanceof Uint8Array && data[0] === messageSync) {
        const kind = data[1];
        if (kind === syncStep2 || kind === syncUpdate) {
          const frames = partFramesOf(data, kind) ?? [data];
          ears.onSyncFrames(this.#number, { isAnswer: kind === syncStep2, frames: frames.length });
          for (const frame of frames) super.send(frame);
          return;
        }
      }
      super.send(data);
    }
  };
}

/**
 * The frames that a large message of the provider goes out as; null when it is one. Of an answer only the last frame is
 * one: not before that does the relay have everything.
 */
function partFramesOf(
  message: Uint8Array,
  kind: typeof syncStep2 | typeof syncUpdate,
): readonly Uint8Array<ArrayBuffer>[] | null {
  const decoder = decoding.createDecoder(message);
  decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
  const parts = updateParts(decoding.readVarUint8Array(decoder));
  if (parts.length === 1) return null;
  return parts.map((part, index) => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, messageSync);
    encoding.writeVarUint(encoder, index === parts.length - 1 ? kind : syncUpdate);
    encoding.writeVarUint8Array(encoder, part);
    return encoding.toUint8Array(encoder);
  });
}

function firstBytes(data: ArrayBuffer): number {
  return Math.min(2, data.byteLength);
}
