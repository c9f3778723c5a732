import { z } from "zod";
import {
  boundsOf,
  centreOf,
  clamp,
  isInsidePolygon,
  isRectangleInside,
  type Point,
  type Polygon,
  type Rectangle,
  type Size,
} from "./geometry.ts";

export const zoneIds = ["roots", "wateringCan", "fruits", "unplaced"] as const;
export const zoneIdSchema = z.enum(zoneIds);
export type ZoneId = (typeof zoneIds)[number];

/** Notes may lie beside the tree, but never so far that nobody finds them again. */
export const reach = { lowest: -1600, highest: 4800 };

const coordinateSchema = z
  .number()
  .finite()
  .transform((value) => clamp(value, reach.lowest, reach.highest));

/** Zone and top-left corner as one value, so that concurrent moves never mix. */
export const placementSchema = z.object({ zone: zoneIdSchema, x: coordinateSchema, y: coordinateSchema });
export type Placement = z.infer<typeof placementSchema>;

/** What placing needs of a template: where zones lie and how large a note is. */
export type ZoneLayout = {
  readonly world: Size;
  readonly noteSize: Size;
  readonly zones: readonly { readonly id: ZoneId; readonly outline: Polygon; readonly anchor: Point }[];
};

/** The zone under the middle of a note; beside every outline it is `unplaced`. */
export function zoneAt(topLeft: Point, layout: ZoneLayout): ZoneId {
  const centre = centreOf({ ...topLeft, ...layout.noteSize });
  const zone = layout.zones.find(
    (candidate) => candidate.id !== "unplaced" && isInsidePolygon(centre, candidate.outline),
  );
  return zone?.id ?? "unplaced";
}

/** Where a note comes to lie when it is dropped there: zone by geometry, position within reach. */
export function placementAt(topLeft: Point, layout: ZoneLayout): Placement {
  const x = clamp(topLeft.x, reach.lowest, reach.highest);
  const y = clamp(topLeft.y, reach.lowest, reach.highest);
  return { zone: zoneAt({ x, y }, layout), x, y };
}

const gap = 14;

/**
 * The next free spot of a zone, nearest to its anchor first. `taken` are the top-left corners of all notes on
 * the board. When the zone is full notes pile up evenly, each a little beside the one below: a note is never refused.
 * `choice` in [0, 1) picks among the nearest few, so that phones that send at the same moment rarely meet.
 */
export function nextFreeSpot(
  zoneId: ZoneId,
  taken: readonly Point[],
  layout: ZoneLayout,
  choice = 0,
): Placement {
  return createSpotFinder(zoneId, taken, layout).next(choice);
}

/** Spots for several notes one after the other, as `nextFreeSpot` finds each: the zone is looked through once. */
export function nextFreeSpots(
  zoneId: ZoneId,
  count: number,
  taken: readonly Point[],
  layout: ZoneLayout,
): readonly Placement[] {
  const finder = createSpotFinder(zoneId, taken, layout);
  return Array.from({ length: count }, () => finder.next(0));
}

function createSpotFinder(zoneId: ZoneId, taken: readonly Point[], layout: ZoneLayout) {
  const zone = layout.zones.find((candidate) => candidate.id === zoneId);
  if (zone === undefined) throw new Error(`template without zone ${zoneId}`);

  const { noteSize } = layout;
  const spots = spotsOf(zone.outline, zone.anchor, noteSize);
  // Most of a large board lies in other zones.
  const near = taken.filter((corner) => spots.some((spot) => areLaidOver(spot, corner, noteSize)));
  let free = spots.filter((spot) => near.every((corner) => !areLaidOver(spot, corner, noteSize)));
  const piles = spots.map((spot) => ({
    spot,
    height: near.filter((corner) => isOnPile(spot, corner)).length,
  }));
  return {
    next(choice: number): Placement {
      const nearest = free.slice(0, 3);
      const best = nearest[Math.floor(choice * nearest.length)] ?? onSmallestPile(piles, zone) ?? zone.anchor;
      for (const pile of piles) if (isOnPile(pile.spot, best)) pile.height += 1;
      free = free.filter((spot) => !areLaidOver(spot, best, noteSize));
      return { zone: zoneId, x: best.x, y: best.y };
    },
  };
}

/** Whether notes with these corners lie one over the other; touching edges do not. */
export function areLaidOver(a: Point, b: Point, { width, height }: Size): boolean {
  return Math.abs(a.x - b.x) < width && Math.abs(a.y - b.y) < height;
}

/** Spots in rows that fill the outline, nearest to the anchor first; rows count double, so that notes spread sideways. */
function spotsOf(outline: Polygon, anchor: Point, size: Size): Rectangle[] {
  const bounds = boundsOf(outline);
  const stepY = size.height + gap;
  const rowCount = Math.max(1, Math.floor((bounds.height + gap) / stepY));
  const top = bounds.y + (bounds.height - rowCount * stepY + gap) / 2;
  const rows = Array.from({ length: rowCount }, (_, row) =>
    stretchesOf(outline, bounds, top + row * stepY, size),
  );
  const distance = (spot: Rectangle) => {
    const centre = centreOf(spot);
    return Math.hypot(centre.x - anchor.x, 2 * (centre.y - anchor.y));
  };
  return roomiestOf(rows, size).sort((a, b) => distance(a) - distance(b) || a.y - b.y || a.x - b.x);
}

/** Where the left edge of a note may lie in one row. */
type Stretch = { readonly start: number; readonly end: number; readonly y: number };

function stretchesOf(outline: Polygon, bounds: Rectangle, y: number, size: Size): readonly Stretch[] {
  const probe = 8;
  const stretches: { start: number; end: number; y: number }[] = [];
  for (let x = bounds.x; x <= bounds.x + bounds.width - size.width; x += probe) {
    if (!isRectangleInside({ x, y, ...size }, outline)) continue;
    const last = stretches.at(-1);
    if (last !== undefined && x - last.end <= probe) last.end = x;
    else stretches.push({ start: x, end: x, y });
  }
  return stretches;
}

/** Staggered like bricks, as hands would hang them; packed evenly where that would cost room. */
function roomiestOf(rows: readonly (readonly Stretch[])[], size: Size): Rectangle[] {
  const packedRows = rows.map((stretches) => stretches.flatMap((stretch) => packedIn(stretch, size)));
  const packed = packedRows.flat();
  const longest = packedRows.reduce((a, b) => (b.length > a.length ? b : a));
  const line = longest[0]?.x ?? 0;
  const staggered = [0, 1].map((shifted) =>
    rows.flatMap((stretches, row) =>
      stretches.flatMap((stretch) => {
        const shift = row % 2 === shifted ? (size.width + gap) / 2 : 0;
        return linedUpIn(stretch, line + shift, size);
      }),
    ),
  );
  const roomiest = staggered.reduce((a, b) => (b.length > a.length ? b : a));
  return roomiest.length >= packed.length * 0.9 ? roomiest : packed;
}

function packedIn({ start, end, y }: Stretch, size: Size): Rectangle[] {
  const count = Math.floor((end - start) / (size.width + gap)) + 1;
  const spare = end - start - (count - 1) * (size.width + gap);
  return Array.from({ length: count }, (_, index) => ({
    x: Math.round(start + spare / 2 + index * (size.width + gap)),
    y: Math.round(y),
    ...size,
  }));
}

function linedUpIn({ start, end, y }: Stretch, line: number, size: Size): Rectangle[] {
  const step = size.width + gap;
  const first = line + Math.ceil((start - line) / step) * step;
  const count = Math.max(0, Math.floor((end - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => ({
    x: Math.round(first + index * step),
    y: Math.round(y),
    ...size,
  }));
}

/** Notes on one spot lie a little apart, so that the edge of every one shows and can be picked up. */
const pileStep = 22;
const pileHeight = 5;

type Pile = { readonly spot: Rectangle; readonly height: number };

function isOnPile(spot: Rectangle, { x, y }: Point): boolean {
  return Math.abs(x - spot.x) < spot.width / 2 && Math.abs(y - spot.y) < spot.height / 2;
}

/** In a full zone: the spot with the fewest notes on it, shifted towards the middle as far as the zone allows. */
function onSmallestPile(
  piles: readonly Pile[],
  { outline, anchor }: { readonly outline: Polygon; readonly anchor: Point },
): Rectangle | undefined {
  const smallest = piles.reduce<Pile | undefined>(
    (least, pile) => (least === undefined || pile.height < least.height ? pile : least),
    undefined,
  );
  if (smallest === undefined) return undefined;
  const { spot, height } = smallest;
  const shift = (height % pileHeight) * pileStep;
  const centre = centreOf(spot);
  const inward = { x: Math.sign(anchor.x - centre.x) || 1, y: Math.sign(anchor.y - centre.y) || 1 };
  const directions = [inward, { x: -inward.x, y: inward.y }, { x: inward.x, y: -inward.y }];
  const shifted = directions.map(({ x, y }) => ({ ...spot, x: spot.x + x * shift, y: spot.y + y * shift }));
  return shifted.find((candidate) => isRectangleInside(candidate, outline)) ?? spot;
}
