import { type CloseReason, closeReasonOf } from "../../shared/protocol/closeReasons.ts";
import { messageSaved, messageSync, syncStep2, syncUpdate } from "../../shared/protocol/messages.ts";

/** What a numbered socket tells, before the provider that uses it hears of it. */
export type SocketEars = {
  /** The number of the socket that is being made. */
  readonly number: () => number;
  readonly onOpen: (socket: number) => void;
  /** Anything but *saved*, which has to be decoded first; `isBoard` for the relay's answer. */
  readonly onMessage: (socket: number, message: { readonly isBoard: boolean }) => void;
  readonly onClose: (socket: number, reason: CloseReason | null) => void;
  /** A frame that the relay counts is about to go out. */
  readonly onSyncFrame: (socket: number, frame: { readonly isAnswer: boolean }) => void;
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
          ears.onSyncFrame(this.#number, { isAnswer: kind === syncStep2 });
        }
      }
      super.send(data);
    }
  };
}

function firstBytes(data: ArrayBuffer): number {
  return Math.min(2, data.byteLength);
}
