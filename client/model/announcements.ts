import type { NoteId, ParticipantId, ThemeId } from "../../shared/board/ids.ts";
import type { Note, Source as NoteSource } from "../../shared/board/note.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import type { BoardView } from "./boardModel.ts";
import type { Observable, Source } from "./observable.ts";

/*
 * What others change, told calmly. A change names its note and holds no word of it: words are looked up when they are
 * shown, so that what is withdrawn meanwhile is nowhere. Dots are never told, only that a round opened or closed.
 */

/** In the order in which a summary counts them. */
export const noteChangeKinds = [
  "added",
  "moved",
  "removed",
  "restored",
  "grouped",
  "ungrouped",
  "reworded",
  "voiced",
  "highlighted",
] as const;
export type NoteChangeKind = (typeof noteChangeKinds)[number];

export type NoteChange = {
  readonly kind: NoteChangeKind;
  readonly note: NoteId;
  /** Where the note is now, or was last. */
  readonly zone: ZoneId;
  /** Who did it, where the board says so: who made a note, who removed it. */
  readonly by: ParticipantId | null;
  readonly source: NoteSource | null;
};

export type BoardChange =
  | NoteChange
  | { readonly kind: "themeRenamed"; readonly theme: ThemeId }
  | { readonly kind: "votingOpened" | "votingShown" | "votingEnded" };

/** One entry of the feed; `at` in milliseconds of the server's clock. */
export type FeedEntry = { readonly id: number; readonly at: number; readonly change: BoardChange };

/** What is said in one message; more than one change is summed up. Removals are not: the bar that undoes them speaks. */
export type Announcement = { readonly id: number; readonly changes: readonly BoardChange[] };

export type News = {
  /** Latest first, at most `maxFeedEntries`. */
  readonly feed: Observable<readonly FeedEntry[]>;
  readonly spoken: Observable<Announcement | null>;
};

export const maxFeedEntries = 20;
export const announcementPauseMs = 5_000;
/** So long nothing more comes before something is said: a note is told when it is written, not by its first letter. */
export const quietMs = 1_500;
/** In a busy room there is never quiet: then this long is enough. */
export const longestWaitMs = 8_000;

/** From one view to the next; of several changes to one note the weightiest. `me` is not told of own notes. */
export function changesBetween(
  before: BoardView,
  after: BoardView,
  me: ParticipantId | null,
): readonly BoardChange[] {
  const changes: BoardChange[] = [];
  const binned = new Set(before.removed.map(({ id }) => id));
  const differences = after.notes.differencesFrom(before.notes);
  for (const { before: old, after: note } of differences) {
    if (note === null) continue;
    const kind = old === null ? kindOfNew(note, binned) : kindOfChange(old, note);
    if (kind === null || (kind === "added" && me !== null && note.enteredBy === me)) continue;
    const by = kind === "added" ? note.enteredBy : null;
    changes.push({ kind, note: note.id, zone: note.placement.zone, by, source: note.source });
  }
  for (const { before: old, after: note } of differences) {
    if (old === null || note !== null || isBlank(old)) continue;
    const by = after.removed.find(({ id }) => id === old.id)?.removed?.by ?? null;
    changes.push({ kind: "removed", note: old.id, zone: old.placement.zone, by, source: null });
  }
  for (const [theme, { title }] of before.themes) {
    const now = after.themes.get(theme);
    if (now !== undefined && now.title !== title) changes.push({ kind: "themeRenamed", theme });
  }
  const round = roundChange(before, after);
  return round === null ? changes : [...changes, round];
}

/** A note without a word is not there yet for who listens: it is told with its first words. */
function isBlank(note: Note): boolean {
  return note.text.trim() === "" && note.drawing === null;
}

function kindOfNew(note: Note, binned: ReadonlySet<NoteId>): NoteChangeKind | null {
  if (isBlank(note)) return null;
  return binned.has(note.id) ? "restored" : "added";
}

function kindOfChange(old: Note, now: Note): NoteChangeKind | null {
  if (isBlank(now)) return null;
  if (isBlank(old)) return "added";
  if (now.placement.zone !== old.placement.zone) return "moved";
  if (now.theme !== old.theme) return now.theme === null ? "ungrouped" : "grouped";
  if (now.text !== old.text || now.drawing?.length !== old.drawing?.length) return "reworded";
  if (now.voice !== old.voice) return "voiced";
  return old.highlight === null && now.highlight !== null ? "highlighted" : null;
}

function roundChange(before: BoardView, after: BoardView): BoardChange | null {
  const [was, is] = [before.voting?.phase ?? null, after.voting?.phase ?? null];
  if (was === is) return null;
  return { kind: is === null ? "votingEnded" : is === "open" ? "votingOpened" : "votingShown" };
}

export type AnnouncementsOptions = {
  /** Milliseconds on the server's clock. */
  readonly now: () => number;
  /** Calls back once, later; the result keeps it from that. */
  readonly after: (ms: number, run: () => void) => () => void;
  /** Where it is told. */
  readonly feed: Source<readonly FeedEntry[]>;
  readonly spoken: Source<Announcement | null>;
};

export type Announcer = {
  readonly hear: (changes: readonly BoardChange[]) => void;
  readonly stop: () => void;
};

/** Gathers what comes in, and says it in one message at a time, with `announcementPauseMs` between two. */
export function createAnnouncements({ now, after, feed, spoken }: AnnouncementsOptions): Announcer {
  /** By what they are about, longest waiting first. */
  const waiting = new Map<string, BoardChange>();
  let waitingSince = 0;
  let spokenAt = Number.NEGATIVE_INFINITY;
  let made = 0;
  let cancel: (() => void) | null = null;

  function say(): void {
    cancel = null;
    const changes = [...waiting.values()];
    waiting.clear();
    if (changes.length === 0) return;
    const at = now();
    spokenAt = at;
    const entries = changes.slice(-maxFeedEntries).map((change) => {
      made += 1;
      return { id: made, at, change };
    });
    feed.set(withEntries(feed.get(), entries));
    const aloud = changes.filter(({ kind }) => kind !== "removed");
    if (aloud.length > 0) spoken.set({ id: made, changes: aloud });
  }

  return {
    hear(changes) {
      if (changes.length === 0) return;
      const at = now();
      if (waiting.size === 0) waitingSince = at;
      for (const change of changes) gather(waiting, change);
      const due = Math.max(
        spokenAt + announcementPauseMs,
        Math.min(at + quietMs, waitingSince + longestWaitMs),
      );
      cancel?.();
      cancel = after(Math.max(0, due - at), say);
    },
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}

/** One change a note: what was added and then moved is told as added, what came and went is not told at all. */
function gather(waiting: Map<string, BoardChange>, next: BoardChange): void {
  const key = "note" in next ? `note/${next.note}` : "theme" in next ? `theme/${next.theme}` : "round";
  const old = waiting.get(key);
  waiting.delete(key);
  if (old === undefined || !("note" in old) || !("note" in next)) {
    waiting.set(key, next);
    return;
  }
  const cameAndWent =
    (old.kind === "added" && next.kind === "removed") || (old.kind === "removed" && next.kind === "restored");
  if (cameAndWent) return;
  const isStillNew = (old.kind === "added" || old.kind === "restored") && next.kind !== "removed";
  waiting.set(key, isStillNew ? { ...old, zone: next.zone } : next);
}

/** Words that go on being written stay one entry. */
function withEntries(feed: readonly FeedEntry[], told: readonly FeedEntry[]): readonly FeedEntry[] {
  const reworded = new Set(
    told.flatMap(({ change }) => ("note" in change && change.kind === "reworded" ? [change.note] : [])),
  );
  const kept = feed.filter(
    ({ change }) => !("note" in change && change.kind === "reworded" && reworded.has(change.note)),
  );
  return [...[...told].reverse(), ...kept].slice(0, maxFeedEntries);
}
