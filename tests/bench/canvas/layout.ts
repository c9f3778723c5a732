import { readFileSync } from "node:fs";
import { z } from "zod";
import { centreOf, clamp, overlapArea, type Point, type Rectangle } from "../../../shared/board/geometry.ts";
import { type NoteId, noteIdSchema } from "../../../shared/board/ids.ts";
import { type Placement, placementAt } from "../../../shared/board/placement.ts";
import { zoneOf } from "../../../shared/template/template.ts";
import { treeTemplate } from "../../../shared/template/tree.ts";
import { createSeededRandom } from "../../support/random.ts";

/*
 * The notes that every product gets: in the world of the tree they lie side by side, as people can read them; all others
 * lie around it, the denser the more there are, as far as notes may lie. The same count always gives the same board.
 */

export type BenchNote = {
  readonly id: NoteId;
  readonly text: string;
  readonly placement: Placement;
  readonly colour: string;
};

export type Layout = {
  /** From the bottom up. */
  readonly notes: readonly BenchNote[];
  /** The one that is dragged: it lies in the middle of the world, and nothing over it. */
  readonly dragged: BenchNote;
  /** Those that others move. */
  readonly moved: readonly BenchNote[];
};

export type Move = { readonly id: NoteId; readonly x: number; readonly y: number };

export const { noteSize, world } = treeTemplate;
const movedByOthers = 30;
/** So often a second others move their notes. */
export const movesPerSecond = 10;

/** Where corners of notes lie; wider than high, as screens are. */
const reach: Rectangle = {
  x: -1_600,
  y: -1_000,
  width: 6_400 - noteSize.width,
  height: 4_000 - noteSize.height,
};
const clearing = { columns: 9, rows: 9, gap: 20, jitter: 6 };
const phrases = readPhrases();

export function createLayout(count: number): Layout {
  const random = createSeededRandom(count);
  const inside = cornersInside(random);
  const around = cornersAround(count - inside.length, random);
  const notes = shuffled([...inside, ...around], random)
    .slice(0, count)
    .map((corner, index) => noteAt(corner, index));
  const middle = { x: world.width / 2, y: world.height / 2 };
  const fromMiddle = ({ placement }: BenchNote) => {
    const centre = centreOf({ ...placement, ...noteSize });
    return Math.hypot(centre.x - middle.x, centre.y - middle.y);
  };
  const [dragged, ...others] = [...notes].sort((a, b) => fromMiddle(a) - fromMiddle(b));
  if (dragged === undefined) throw new Error("a board without notes");
  return { notes, dragged, moved: others.slice(0, movedByOthers) };
}

/** Where others have their notes after so many moves: each goes round its own place. */
export function movesAt(moved: readonly BenchNote[], tick: number): readonly Move[] {
  const radius = 60;
  return moved.map(({ id, placement }, index) => {
    const angle = tick * 0.4 + index;
    return {
      id,
      x: Math.round(placement.x + radius * Math.cos(angle)),
      y: Math.round(placement.y + radius * Math.sin(angle)),
    };
  });
}

function cornersInside(random: () => number): readonly Point[] {
  const { columns, rows, gap, jitter } = clearing;
  const step = { x: noteSize.width + gap, y: noteSize.height + gap };
  const left = (world.width - columns * step.x + gap) / 2;
  const top = (world.height - rows * step.y + gap) / 2;
  const sway = () => (random() * 2 - 1) * jitter;
  return Array.from({ length: columns * rows }, (_, index) => ({
    x: Math.round(left + (index % columns) * step.x + sway()),
    y: Math.round(top + Math.floor(index / columns) * step.y + sway()),
  }));
}

function cornersAround(count: number, random: () => number): readonly Point[] {
  if (count <= 0) return [];
  const kept = { x: 0, y: 0, ...world };
  const isAround = (corner: Point) => overlapArea({ ...corner, ...noteSize }, kept) === 0;
  let step = Math.sqrt((reach.width * reach.height) / count);
  let corners: readonly Point[] = [];
  while (corners.length < count) {
    corners = gridOf(step).filter(isAround);
    step *= 0.99;
  }
  const sway = () => (random() * 2 - 1) * step * 0.3;
  return shuffled(corners, random)
    .slice(0, count)
    .map((corner) => {
      const swayed = {
        x: Math.round(clamp(corner.x + sway(), reach.x, reach.x + reach.width)),
        y: Math.round(clamp(corner.y + sway(), reach.y, reach.y + reach.height)),
      };
      return isAround(swayed) ? swayed : { x: Math.round(corner.x), y: Math.round(corner.y) };
    });
}

function gridOf(step: number): readonly Point[] {
  const columns = Math.floor(reach.width / step) + 1;
  const rows = Math.floor(reach.height / step) + 1;
  return Array.from({ length: columns * rows }, (_, index) => ({
    x: reach.x + (index % columns) * step,
    y: reach.y + Math.floor(index / columns) * step,
  }));
}

function noteAt(corner: Point, index: number): BenchNote {
  const placement = placementAt(corner, treeTemplate);
  return {
    id: noteIdSchema.parse(`note${String(index).padStart(6, "0")}`),
    text: textOf(index),
    placement,
    colour: zoneOf(treeTemplate, placement.zone).noteStyle.paper,
  };
}

/** What people in Doorn wrote, on its own, with a second thought, or with a number. */
function textOf(index: number): string {
  const phraseAt = (at: number) => phrases[at % phrases.length] ?? "";
  const phrase = phraseAt(index);
  if (index % 3 === 1) return `${phrase} en ${phraseAt(index * 7 + 3).toLowerCase()}`;
  return index % 3 === 2 ? `${phrase} (${index})` : phrase;
}

function readPhrases(): readonly string[] {
  const file = new URL("../../fixtures/doornTrees.json", import.meta.url);
  const tree = z.object({
    roots: z.array(z.string()),
    wateringCan: z.array(z.string()),
    fruits: z.array(z.string()),
  });
  const { trees } = z.object({ trees: z.array(tree) }).parse(JSON.parse(readFileSync(file, "utf8")));
  return trees.flatMap(({ roots, wateringCan, fruits }) => [...roots, ...wateringCan, ...fruits]);
}

function shuffled<T>(values: readonly T[], random: () => number): readonly T[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
