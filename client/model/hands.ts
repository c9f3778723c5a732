import type { Point, Rectangle } from "../../shared/board/geometry.ts";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import type { WriteError } from "../../shared/board/writeBoard.ts";
import { createSource, type Observable } from "./observable.ts";

/*
 * What hands on this screen are busy with and nobody else sees: the question that stands open, the tool in hand, what
 * was copied, and the tree as far as it is shown.
 */

/** Something that asks for an answer, one at a time; `at` and `beside` in CSS pixels of the page. */
export type Question =
  /** `typed` is what was typed before its field was there. */
  | { readonly kind: "palette"; readonly typed?: string }
  | { readonly kind: "shortcuts" }
  | { readonly kind: "voting" }
  | { readonly kind: "drawing" }
  /** What can be done with the selected notes, or with the board when none is. */
  | { readonly kind: "menu"; readonly at: Point }
  | { readonly kind: "removal"; readonly notes: readonly NoteId[] }
  /** Notes that were laid together, and may be a theme from here on. */
  | { readonly kind: "newTheme"; readonly notes: readonly NoteId[]; readonly beside: Rectangle }
  | { readonly kind: "themeName"; readonly theme: ThemeId; readonly beside: Rectangle }
  /** Many lines were pasted; `near` in world units. */
  | { readonly kind: "paste"; readonly texts: readonly string[]; readonly near: Point };

/** One sentence that goes by itself. */
export type Notice =
  | { readonly kind: "refused"; readonly error: WriteError }
  | { readonly kind: "tooManyPasted"; readonly limit: number; readonly count: number }
  | { readonly kind: "notPasted" }
  | { readonly kind: "unreadableFile" }
  | { readonly kind: "cannotCopy" }
  | { readonly kind: "copied"; readonly count: number };

/** A drag on empty ground moves the board, or chooses notes. */
export type Tool = "move" | "select";

/** The tree while it is shown. */
export type ShownTree = {
  readonly fit: () => void;
  /** World units. */
  readonly fitRectangle: (view: Rectangle) => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly zoomToZone: (zone: ZoneId) => void;
  readonly openEditor: (id: NoteId) => void;
  /** CSS pixels of the canvas as world units. */
  readonly toWorld: (screen: Point) => Point;
  /** Brings a note into view. */
  readonly show: (id: NoteId) => void;
  /** Where the mouse last was on it, else the middle of what is seen; world units. */
  readonly spot: () => Point;
  /** Of what is seen; world units. */
  readonly middle: () => Point;
  /** CSS pixels of the page; null when there are no such notes. */
  readonly boxOf: (ids: Iterable<NoteId>) => Rectangle | null;
};

/** What was copied here last: pasting the same words brings the notes themselves. */
export type Copied = { readonly text: string; readonly notes: readonly NoteId[] };

export type Hands = {
  readonly question: Observable<Question | null>;
  readonly ask: (question: Question) => void;
  /** Only closes that question: a later one may stand in its place. */
  readonly answered: (question: Question) => void;
  readonly notice: Observable<Notice | null>;
  readonly tell: (notice: Notice | null) => void;
  readonly tool: Observable<Tool>;
  readonly take: (tool: Tool) => void;
  readonly tree: Observable<ShownTree | null>;
  readonly showTree: (tree: ShownTree | null) => void;
  readonly copied: Observable<Copied | null>;
  readonly keepCopied: (copied: Copied) => void;
};

export function createHands(): Hands {
  const question = createSource<Question | null>(null);
  const notice = createSource<Notice | null>(null);
  const tool = createSource<Tool>("move");
  const tree = createSource<ShownTree | null>(null);
  const copied = createSource<Copied | null>(null);
  return {
    question,
    ask: question.set,
    answered(done) {
      if (question.get() === done) question.set(null);
    },
    notice,
    tell: notice.set,
    tool,
    take: tool.set,
    tree,
    showTree: tree.set,
    copied,
    keepCopied: copied.set,
  };
}
