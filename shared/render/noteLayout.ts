import type { Size } from "../board/geometry.ts";
import { type Hyphenate, layoutText, type Measure, type TextLayout } from "./textLayout.ts";

/** A note with its text laid out: as wide as every note, and as high as its words need. */
export type NoteLayout = TextLayout & {
  /** World units; at least the height of the template's notes. */
  readonly noteHeight: number;
};

const padding = 13;

/** Far above what a hand moves, far below what a browser feels. */
const mostKept = 10_000;

export type NoteLayouts = {
  /** Laid out once and kept until it changes. */
  readonly layoutOf: (text: string) => NoteLayout;
  /** Fonts arrived: measure again. */
  readonly forget: () => void;
};

export function createNoteLayouts(size: Size, measure: Measure, hyphenate: Hyphenate): NoteLayouts {
  const layouts = new Map<string, NoteLayout>();
  const box = { width: size.width - 2 * padding, height: size.height - 2 * padding };

  return {
    layoutOf(text) {
      const known = layouts.get(text);
      if (known !== undefined) return known;
      if (layouts.size >= mostKept) layouts.clear();
      const layout = layoutText(text, box, measure, hyphenate);
      const made = { ...layout, noteHeight: Math.max(size.height, Math.ceil(layout.height + 2 * padding)) };
      layouts.set(text, made);
      return made;
    },
    forget: () => layouts.clear(),
  };
}
