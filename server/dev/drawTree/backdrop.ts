import type { Point } from "../../../shared/render/backdropPen.ts";

export type { Point };

/** What a shape depicts, so that the picture can come alive part by part. */
export type Role =
  | "sky"
  | "sun"
  | "hill"
  | "soil"
  | "stratum"
  | "pebble"
  | "grass"
  | "trunk"
  | "bark"
  | `root-${1 | 2 | 3 | 4 | 5 | 6 | 7}`
  | "branch"
  | "crown"
  | "leaf"
  | "fruit"
  | "can"
  | "drop"
  | "scenery";

interface Look {
  readonly r: Role;
  readonly l: number;
  readonly f?: string;
  readonly s?: string;
  readonly w?: number;
  readonly o?: number;
}

/** One path: role, layer, path data, and palette keys for fill and stroke. Short keys keep the file small. */
export interface PathShape extends Look {
  readonly d: string;
}

/** Limbs of the sets named in `k`: whole, along one edge (`e`: first station, stations left out at the tip, shares), or as lines. */
export interface LimbShape extends Look {
  readonly k: string;
  readonly e?: readonly [number, number, number, number];
}

/** Clusters of leaves: when each opens, then x, y, direction and size per leaf. */
export interface LeafShape extends Look {
  readonly c: readonly (readonly number[])[];
}

export type Shape = PathShape | LimbShape | LeafShape;

export type Stop = readonly [offset: number, colour: string];

/** A flat colour, or a gradient in world units. */
export type Paint =
  | string
  | { readonly k: "linear"; readonly a: Point; readonly b: Point; readonly c: readonly Stop[] }
  | { readonly k: "radial"; readonly a: Point; readonly r: number; readonly c: readonly Stop[] };

export type Palette = Readonly<Record<string, Paint>>;

/** The whole picture: geometry once, scenery and colours per focus, colours for a light and for a dark room. */
export interface Backdrop {
  readonly shapes: {
    readonly common: readonly Shape[];
    readonly individual: readonly Shape[];
    readonly community: readonly Shape[];
  };
  readonly limbs: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** Each: x, y, radius, lean in hundredths of a radian, tone. */
  readonly fruits: readonly (readonly [number, number, number, number, number])[];
  readonly fruitLayer: number;
  readonly palettes: { readonly individual: Palette; readonly community: Palette };
  readonly palettesDark: { readonly individual: Palette; readonly community: Palette };
}

/** Draw order from back to front; the one place where depth is decided. */
export const layers = {
  sky: 0,
  sun: 1,
  cloud: 2,
  farHill: 3,
  midHill: 4,
  nearHill: 5,
  farScenery: 6,
  meadow: 7,
  soil: 8,
  stratum: 9,
  pebble: 10,
  groundShadow: 11,
  house: 12,
  garden: 13,
  person: 14,
  nearPerson: 15,
  crownBack: 16,
  crownBase: 17,
  trunk: 20,
  root: 21,
  bark: 22,
  crownShade: 24,
  crownLight: 25,
  twig: 26,
  leaf: 27,
  fruit: 28,
  turf: 30,
  can: 32,
  drop: 34,
  grass: 36,
} as const;
