import type { Point, Polygon, Size } from "../board/geometry.ts";
import type { ZoneId, ZoneLayout } from "../board/placement.ts";

export const languages = ["nl", "en"] as const;
export type Language = (typeof languages)[number];

/** Words that belong to the exercise, not to the interface: they travel with exports, so they stand in the template. */
export type Words = Readonly<Record<Language, string>>;

export const focuses = ["individual", "community"] as const;
export type Focus = (typeof focuses)[number];

export type NoteStyle = {
  /** Paper and ink as #rrggbb; contrast at least 7:1. */
  readonly paper: string;
  readonly ink: string;
};

export type Zone = {
  readonly id: ZoneId;
  /** Position in lists and exports, from 1. */
  readonly order: number;
  readonly outline: Polygon;
  /** New notes gather around this point. */
  readonly anchor: Point;
  readonly title: Words;
  readonly noteStyle: NoteStyle;
};

export type FocusWords = {
  readonly title: Words;
  /** One line under the title: whom this tree is about. */
  readonly about: Words;
  readonly questions: Readonly<Record<ZoneId, Words>>;
};

/** What is drawn on a board and which zones it has: data, so that a new exercise is new data. */
export type Template = Omit<ZoneLayout, "zones"> & {
  readonly id: string;
  readonly version: string;
  readonly title: Words;
  readonly world: Size;
  /** Every note of this template has this size, in world units. */
  readonly noteSize: Size;
  readonly zones: readonly Zone[];
  readonly focuses: Readonly<Record<Focus, FocusWords>>;
};

export function zoneOf(template: Template, id: ZoneId): Zone {
  const zone = template.zones.find((candidate) => candidate.id === id);
  if (zone === undefined) throw new Error(`template ${template.id} without zone ${id}`);
  return zone;
}
