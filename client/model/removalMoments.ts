import type { Note } from "../../shared/board/note.ts";

/** What one person took away in one go, latest first; at least one note. */
export type RemovalMoment = {
  readonly key: string;
  readonly removed: Note["removed"];
  readonly notes: readonly Note[];
};

const momentMs = 60_000;

/** The bin by moments, latest first: what the same person took away within a minute belongs together. */
export function removalMoments(bin: readonly Note[]): readonly RemovalMoment[] {
  const moments: { readonly first: Note; readonly notes: Note[] }[] = [];
  for (const note of bin) {
    const moment = moments.find(({ first }) => isSameMoment(first, note));
    if (moment === undefined) moments.push({ first: note, notes: [note] });
    else moment.notes.push(note);
  }
  return moments.map(({ first, notes }) => ({ key: first.id, removed: first.removed, notes }));
}

function isSameMoment({ removed: latest }: Note, { removed }: Note): boolean {
  if (latest === null || removed === null) return latest === removed;
  return latest.by === removed.by && latest.at - removed.at < momentMs;
}
