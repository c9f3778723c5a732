/*
 * One connection to one client, as the relay sees it. Rules of every implementation:
 *
 * 1. Messages arrive whole, in order, and at most once; what was sent before a cut may be lost from some point on.
 * 2. `send` never throws. After the end, or once `close` was called, it does nothing.
 * 3. `onEnd` is called exactly once, whichever side ended it and however; nothing is called after it.
 * 4. Nothing is called from inside `send`, `close` or `cut`.
 * 5. Until `listen` was called, what arrives waits in the network.
 */
export type Wire = {
  readonly listen: (events: WireEvents) => void;
  /** The bytes must not change afterwards; the same array sent to many is prepared once. */
  readonly send: (message: Uint8Array) => void;
  /** Bytes that the network has not taken yet. */
  readonly bufferedBytes: () => number;
  /** Asks for a sign of life, which arrives as `onAlive`. */
  readonly ping: () => void;
  /** Says goodbye with a code and a word. */
  readonly close: (code: number, word: string) => void;
  /** Ends it at once. */
  readonly cut: () => void;
};

export type WireEvents = {
  readonly onMessage: (message: Uint8Array) => void;
  /** A text frame: no message of this protocol is text. */
  readonly onText: () => void;
  readonly onAlive: () => void;
  /** Bytes that break the rules of the transport itself, or a message beyond its size; the end follows. */
  readonly onFault: (fault: "websocket" | "tooLarge") => void;
  readonly onEnd: () => void;
};
