import type { Drawing } from "../../shared/board/drawing.ts";
import type { Point } from "../../shared/board/geometry.ts";
import type { BoardId, NoteId, ParticipantId, ThemeId } from "../../shared/board/ids.ts";
import type { Note, Voice } from "../../shared/board/note.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import type { SetAside, Theme } from "../../shared/board/readBoard.ts";
import type { Voting } from "../../shared/board/voting.ts";
import type { TextSplice, WriteError } from "../../shared/board/writeBoard.ts";
import type { Spotlight } from "../../shared/protocol/presence.ts";
import type { Result } from "../../shared/result.ts";
import type { Template } from "../../shared/template/template.ts";
import type { GroupFacts, Role, WorkshopState } from "../../shared/workshop/workshop.ts";
import type { SavedState } from "../sync/savedState.ts";
import type { News } from "./announcements.ts";
import type { Hands } from "./hands.ts";
import type { NoteMap } from "./noteMap.ts";
import type { Observable } from "./observable.ts";
import type { Pointing } from "./pointing.ts";
import type { Selection } from "./selection.ts";
import type { UndoStep } from "./undoSteps.ts";

/** A theme with its notes on the board, oldest first; at least one. */
export type ThemeView = Theme & { readonly notes: readonly Note[] };

/** A board as views read it. Notes that did not change keep their identity from one view to the next. */
export type BoardView = {
  /** Notes on the board, without removed and withdrawn ones, oldest first. */
  readonly notes: NoteMap;
  /** The same notes, oldest first. */
  readonly notesByZone: Readonly<Record<ZoneId, readonly Note[]>>;
  /** The bin, latest removal first. */
  readonly removed: readonly Note[];
  readonly themes: ReadonlyMap<ThemeId, ThemeView>;
  /** The notes for reporting back, first chosen first. */
  readonly highlights: readonly NoteId[];
  /** The round of dots; null when there is none. */
  readonly voting: Voting | null;
  /** How many people gave a dot so far. */
  readonly voters: number;
  /** The dots that this participant gave. What others gave is `votes` of a note: not to be shown before `voting` says so. */
  readonly ownDots: ReadonlyMap<NoteId, number>;
  readonly setAside: readonly SetAside[];
};

/** Another screen that has this board open now, as its presence tells. */
export type Other = {
  readonly clientId: number;
  readonly participant: ParticipantId | null;
  /** From the workshop state; null when this person gave none. */
  readonly name: string | null;
  /** One of a few calm colours, the same on every screen for the same person. */
  readonly colour: string;
  readonly pointer: Point | null;
  readonly drag: readonly { readonly note: NoteId; readonly x: number; readonly y: number }[];
  readonly editing: NoteId | null;
  /** Where the caret stands in the text of the note that is edited, UTF-16 units; null when unknown. */
  readonly caret: number | null;
  /** What this person points out to everybody. */
  readonly spotlight: Spotlight | null;
  readonly isPresenting: boolean;
};

/** What the undo bar offers for a while: what this screen or another just removed. */
export type Removal = {
  readonly notes: readonly NoteId[];
  readonly by: ParticipantId | null;
  readonly mine: boolean;
};

export type NoteThere = { readonly text: string; readonly topLeft: Point };

export type NoteMove = { readonly note: NoteId; readonly topLeft: Point };

export type EditedText = {
  readonly get: () => string;
  /** Changes made elsewhere, as splices in the order to apply; the result ends it. */
  readonly onRemoteSplices: (listener: (splices: readonly TextSplice[]) => void) => () => void;
  /** One change made in this editor. */
  readonly splice: (splice: TextSplice) => Result<void, WriteError>;
};

/** Why nothing can be changed here now. Of these only a lock is lifted again while the page is open. */
export type ReadOnlyReason = "viewLink" | "newerDocument" | "locked";

export type DebugFigures = {
  /** Takes the size anew, which is not cheap. */
  readonly documentBytes: () => number;
  /** What the relay has not called saved yet. */
  readonly unsavedChanges: () => number;
};

/** Everything a screen needs of one open board. Views read observables and call actions; no view touches Yjs. */
export type BoardModel = {
  readonly boardId: BoardId;
  readonly role: Role;
  readonly template: Template;
  readonly group: Observable<GroupFacts>;
  readonly workshop: Observable<WorkshopState>;
  /** This device's participant; null for view links. */
  readonly me: ParticipantId | null;
  readonly board: Observable<BoardView>;
  readonly selection: Selection;
  readonly hands: Hands;
  /** False until the copy on this device, or the relay, has given the first content. */
  readonly isLoaded: Observable<boolean>;
  readonly saved: Observable<SavedState>;
  /** False where this browser keeps nothing: then the page must stay open until everything is saved. */
  readonly isKept: Observable<boolean>;
  /** The other people who have this board open, each once, whether or not their pointers are asked for. */
  readonly here: Observable<readonly ParticipantId[]>;
  /** Other screens with their pointers; empty unless somebody watches them. */
  readonly others: Observable<readonly Other[]>;
  /** A view shows the others' pointers from here on; the result ends it. */
  readonly watchOthers: () => () => void;
  /** What somebody points out to everybody, here or elsewhere. */
  readonly pointing: Pointing;
  readonly undoState: Observable<{ readonly canUndo: boolean; readonly canRedo: boolean }>;
  readonly lastRemoval: Observable<Removal | null>;
  /** What others changed while this board was open here, calmly. */
  readonly news: News;
  readonly whyReadOnly: Observable<ReadOnlyReason | null>;
  /** The same as a question: true when there is no such reason. */
  readonly mayWrite: Observable<boolean>;

  /** Milliseconds on the server's clock. */
  readonly serverNow: () => number;
  readonly nameOf: (participant: ParticipantId | null) => string | null;

  /** Each text becomes a note on the next free spot of the zone. */
  readonly addNotes: (
    texts: readonly string[],
    zone: ZoneId,
    voice: Voice,
  ) => Result<readonly NoteId[], WriteError>;
  /** A note right there; zone by geometry. `topLeft` in world units. */
  readonly addNoteAt: (text: string, topLeft: Point, voice: Voice) => Result<NoteId, WriteError>;
  /** Several, one step to undo. */
  readonly addNotesAt: (notes: readonly NoteThere[], voice: Voice) => Result<readonly NoteId[], WriteError>;
  /** A drawing is a full note; zone by geometry. */
  readonly addDrawing: (drawing: Drawing, topLeft: Point, voice: Voice) => Result<NoteId, WriteError>;
  /** Notes that were dragged together, one step to undo; zones by geometry. Who is taken far from its theme leaves it. */
  readonly moveNotes: (moves: readonly NoteMove[]) => Result<void, WriteError>;
  /** The step that undo would take back now. */
  readonly lastStep: () => UndoStep | null;
  /**
   * A note that lies over another goes to the nearest free spot of its zone: as a part of that step, when nothing was
   * done since, so that one undo takes back both.
   */
  readonly layBeside: (id: NoteId, step: UndoStep | null) => Result<void, WriteError>;
  /** The same notes again, a little beside or so far from where they lie: what they say, not who said it. */
  readonly duplicateNotes: (ids: readonly NoteId[], by?: Point) => Result<readonly NoteId[], WriteError>;
  /** Into rows, in the order in which they are read. Themes stay as they lie. */
  readonly tidyZone: (zone: ZoneId) => Result<void, WriteError>;
  /** One place earlier or later in reading order, among the notes of its zone and theme: places are exchanged. */
  readonly moveInOrder: (id: NoteId, by: -1 | 1) => Result<void, WriteError>;
  /** The notes gather around the first of them, under a new theme. */
  readonly makeTheme: (ids: readonly NoteId[], title: string) => Result<ThemeId, WriteError>;
  /** They gather with the notes of the theme. */
  readonly joinTheme: (ids: readonly NoteId[], theme: ThemeId) => Result<void, WriteError>;
  /** They go back to where they lay before. */
  readonly leaveTheme: (ids: readonly NoteId[]) => Result<void, WriteError>;
  readonly dissolveTheme: (theme: ThemeId) => Result<void, WriteError>;
  readonly renameTheme: (theme: ThemeId, title: string) => Result<void, WriteError>;
  /** Gives a note so many of this person's dots. */
  readonly giveDots: (id: NoteId, count: number) => Result<void, WriteError>;
  readonly setVoting: (voting: Voting | null) => Result<void, WriteError>;
  readonly highlightNote: (id: NoteId) => Result<void, WriteError>;
  readonly unhighlightNote: (id: NoteId) => Result<void, WriteError>;
  readonly moveNotesToZone: (ids: readonly NoteId[], zone: ZoneId) => Result<void, WriteError>;
  readonly markVoice: (ids: readonly NoteId[], voice: Voice) => Result<void, WriteError>;
  readonly removeNotes: (ids: readonly NoteId[]) => Result<void, WriteError>;
  readonly restoreNotes: (ids: readonly NoteId[]) => Result<void, WriteError>;
  readonly dismissRemoval: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Opens the text of a note for an editor; null when there is no such note. */
  readonly editText: (id: NoteId) => EditedText | null;

  readonly showPointer: (pointer: Point | null) => void;
  readonly showDrag: (
    drag: readonly { readonly note: NoteId; readonly x: number; readonly y: number }[],
  ) => void;
  readonly showEditing: (note: NoteId | null, caret?: number | null) => void;

  /** Brings the code of the export into the browser's cache, so that it works without a connection. */
  readonly prefetchExport: () => void;
  /** The JSON export made on this device, by the same function as the server's. */
  readonly exportJson: (options: { readonly exportedAt: Date }) => Promise<string>;
  /** For programmers who look at a running page. */
  readonly debugFigures: DebugFigures;
  readonly close: () => void;
};
