import { messageSync, syncStep1 } from "../../shared/protocol/messages.ts";

/** Whether a message is one of those that are counted: it may change the board. Both numbers are one byte long. */
export function isFrame([kind, step]: Uint8Array): boolean {
  return kind === messageSync && step !== syncStep1;
}
