import type { NoteId } from "../board/ids.ts";

/** Up to 1.2 degrees either way, the same for a note on every screen and picture: paper is never quite straight. */
export function tiltOf(id: NoteId): number {
  let sum = 0;
  for (let index = 0; index < id.length; index += 1) sum = (sum * 31 + id.charCodeAt(index)) % 997;
  return ((sum / 996) * 2 - 1) * 0.021;
}
