import type { Paint, Palette } from "./backdrop.ts";
import { linear, radial } from "./palette.ts";

/*
 * The same picture in a dark room: a clear moonlit evening, not black, so that an old projector still shows it and
 * notes stay the lightest things there are. What has no colour here is the colour of the day in moonlight.
 */

/** How much of red, green and blue the moon leaves, and how much of its own light lies over everything. */
const moonlight = { keeps: [0.55, 0.6, 0.62], adds: [6, 14, 20], fades: 0.2 } as const;

const sharedNight: Palette = {
  moon: "#eef0dc",
  moonMare: "#cfd5c6",
  star: "#e9f1ea",
  lampGlass: "#ffe3a1",
  lampHalo: "#ffdf9a",
  farWindow: "#e8c887",
  glass: "#f7cf84",
  glassLight: "#ffe6af",
  soil: linear([0, 1330], [0, 2100], [0, "#4a3a30"], [0.22, "#524136"], [0.6, "#5d4b3e"], [1, "#695648"]),
  humus: "#33291f",
  stratumBand: "#7a6653",
  stratumDash: "#3a2d25",
  pebbleDark: "#3d3129",
  pebbleLight: "#8d7a66",
  pebbleShine: "#b7a48c",
  wood: radial(
    [2092, 1180],
    1650,
    [0, "#4a382f"],
    [0.16, "#513e33"],
    [0.4, "#735a47"],
    [0.75, "#8b6f58"],
    [1, "#957a63"],
  ),
  limbWood: radial(
    [2092, 1180],
    1150,
    [0, "#4a382f"],
    [0.32, "#4a382f"],
    [0.46, "#4c3a30b8"],
    [0.66, "#4f403870"],
    [0.88, "#4f403800"],
  ),
  rootFine: radial([2092, 1180], 1650, [0, "#5b4638"], [0.4, "#7a6250"], [1, "#8b725c"]),
  woodLight: "#a98d76",
  woodDark: "#241a18",
  woodDeep: "#171213",
  trunkVolume: linear(
    [1800, 0],
    [2420, 0],
    [0, "#b9c3b400"],
    [0.27, "#b9c3b42e"],
    [0.4, "#b9c3b418"],
    [0.48, "#241a1800"],
    [0.7, "#17131880"],
    [1, "#17131800"],
  ),
  trunkTopShade: linear(
    [0, 700],
    [0, 1140],
    [0, "#12161800"],
    [0.5, "#12161890"],
    [0.66, "#12161880"],
    [1, "#12161800"],
  ),
  fruitYoung: "#86a355",
  fruitTurning: "#c5924a",
  apple1: "#bd4f3f",
  apple2: "#b1443b",
  apple3: "#c76046",
  appleShade: "#4a1626",
  appleShine: "#ffd9c4",
  blossom: "#e3e2ea",
  blossomHeart: "#cfa863",
  meadowShade: "#10302f",
  shadow: "#0f1a22",
  worm: "#a57868",
  wormSaddle: "#946458",
  bulb: "#8f6a48",
};

const individualNight: Palette = {
  sky: linear([0, -500], [0, 1200], [0, "#14303f"], [0.4, "#1f4150"], [0.75, "#345a63"], [1, "#5d7a76"]),
  sunGlow: radial([560, 232], 960, [0, "#d9ebdc50"], [0.35, "#b5d3d01e"], [1, "#9cc4c800"]),
  sun: "#5b7f86",
  cloud: "#6f8f96",
  bird: "#1d343d",
  hillFar: linear([0, 1050], [0, 1180], [0, "#41646a"], [1, "#48696a"]),
  hillFarTree: "#3a5c62",
  hillMid: linear([0, 1100], [0, 1260], [0, "#33585a"], [1, "#3b6059"]),
  hillMidTree: "#2a4d51",
  meadow: linear([0, 1180], [0, 1345], [0, "#426650"], [0.5, "#385c47"], [1, "#2c4f3c"]),
  meadowLight: "#5a7d5e",
  turf: "#3a5f40",
  turfLight: "#547a50",
  grass1: "#3f6644",
  grass2: "#52794f",
  grass3: "#2e5239",
  crownBack: "#34604e",
  crownBase: linear([1300, 80], [2800, 960], [0, "#6d9a70"], [0.5, "#4b7b60"], [1, "#305a50"]),
  crown1: "#79a67b",
  crown2: "#639068",
  crown3: "#4d7b5c",
  crown4: "#3c6a54",
  crownDeep: "#1d4640",
  crownGlow: "#a5c997",
  crownSun: linear(
    [1380, 60],
    [2840, 980],
    [0, "#e3f2d03c"],
    [0.4, "#d9eed000"],
    [0.62, "#10302f00"],
    [1, "#0a252c70"],
  ),
  crownUnder: radial([2092, 1010], 560, [0, "#0c2e2c99"], [0.45, "#0c2e2c40"], [1, "#0c2e2c00"]),
  leaf1: "#93bd84",
  leaf2: "#75a573",
  leaf3: "#588a61",
  leaf4: "#3f7054",
};

const communityNight: Palette = {
  ...individualNight,
  sky: linear([0, -500], [0, 1200], [0, "#152a45"], [0.4, "#213d58"], [0.75, "#34576c"], [1, "#5f7f86"]),
  sun: "#5d7e92",
  cloud: "#6d8a9c",
  hillFar: linear([0, 1050], [0, 1180], [0, "#40606f"], [1, "#476671"]),
  hillFarTree: "#395866",
  hillMid: linear([0, 1100], [0, 1260], [0, "#30545f"], [1, "#385d60"]),
  hillMidTree: "#284a56",
  meadow: linear([0, 1180], [0, 1345], [0, "#3d645a"], [0.5, "#335a50"], [1, "#284d44"]),
  meadowLight: "#557a6b",
  turf: "#325c4a",
  turfLight: "#4c755c",
  grass1: "#37624d",
  grass2: "#4a755a",
  grass3: "#284e42",
  crownBack: "#2c5a54",
  crownBase: linear([1300, 80], [2800, 960], [0, "#639682"], [0.5, "#427568"], [1, "#295657"]),
  crown1: "#70a28b",
  crown2: "#598b78",
  crown3: "#44766a",
  crown4: "#34655f",
  crownDeep: "#18414a",
  crownGlow: "#9cc7ac",
  leaf1: "#86b795",
  leaf2: "#689d82",
  leaf3: "#4d8070",
  leaf4: "#376762",
};

export function createNightPalettes(day: { readonly individual: Palette; readonly community: Palette }): {
  readonly individual: Palette;
  readonly community: Palette;
} {
  return {
    individual: { ...moonlit(day.individual), ...sharedNight, ...individualNight },
    community: { ...moonlit(day.community), ...sharedNight, ...communityNight },
  };
}

function moonlit(palette: Palette): Palette {
  return Object.fromEntries(Object.entries(palette).map(([name, paint]) => [name, paintInMoonlight(paint)]));
}

function paintInMoonlight(paint: Paint): Paint {
  if (typeof paint === "string") return colourInMoonlight(paint);
  return { ...paint, c: paint.c.map(([offset, colour]) => [offset, colourInMoonlight(colour)] as const) };
}

function colourInMoonlight(colour: string): string {
  const channels = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));
  const grey = channels.reduce((sum, value) => sum + value, 0) / 3;
  const lit = channels.map((value, i) => {
    const faded = value + (grey - value) * moonlight.fades;
    return Math.min(255, Math.round(faded * (moonlight.keeps[i] ?? 1) + (moonlight.adds[i] ?? 0)));
  });
  return `#${lit.map((value) => value.toString(16).padStart(2, "0")).join("")}${colour.slice(7)}`;
}
