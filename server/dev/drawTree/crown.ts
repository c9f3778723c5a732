import { layers, type Point, type Shape } from "./backdrop.ts";
import { bumpyRim, type Lobe, leafyBlob, rimLobes, rimShare, sunAt } from "./crownShape.ts";
import { createPen, softClosed } from "./pen.ts";
import type { Random } from "./random.ts";

/** The masses inside the rim: broad, so that the middle stays calm. */
function innerLobes(random: Random): readonly Lobe[] {
  const lobes: Lobe[] = [];
  for (let row = 0; row < 3; row += 1) {
    for (let column = 0; column < 6; column += 1) {
      lobes.push({
        x: 1440 + column * 256 + (row % 2) * 90 + random.between(-50, 50),
        y: 350 + row * 168 + random.between(-36, 36),
        r: random.between(140, 196),
      });
    }
  }
  return lobes;
}

const shift = (lobe: Lobe, dx: number, dy: number, scale: number): Lobe => ({
  x: lobe.x + lobe.r * dx,
  y: lobe.y + lobe.r * dy,
  r: lobe.r * scale,
});

const path = (points: readonly Point[]): string => softClosed(createPen(), points).path();

/** Four neighbouring greens from light to deep. */
function toneFor(sun: number): string {
  if (sun > 0.68) return "crown1";
  if (sun > 0.48) return "crown2";
  return sun > 0.28 ? "crown3" : "crown4";
}

/** The crown behind the branches, the masses over them, and the light on those. */
export function drawCrown(random: Random): readonly Shape[] {
  const back: Shape[] = [
    {
      r: "crown",
      l: layers.crownBack,
      d: path(bumpyRim(-8, random).map(([x, y]) => [x + 10, y + 10])),
      f: "crownBack",
      o: 0.55,
    },
    { r: "crown", l: layers.crownBase, d: path(bumpyRim(6, random)), f: "crownBase" },
  ];
  const masses = [...innerLobes(random), ...rimLobes.map((lobe) => shift(lobe, 0, 0, 0.96))].sort(
    (a, b) => sunAt(a.x, a.y) - sunAt(b.x, b.y),
  );
  const front = masses.flatMap((lobe): readonly Shape[] => {
    const rim = rimShare(lobe.x, lobe.y);
    const strength = 0.35 + 0.65 * Math.min(1, Math.max(0, (rim - 0.35) / 0.4));
    const sun = Math.min(1, Math.max(0, sunAt(lobe.x, lobe.y) + random.between(-0.1, 0.1)));
    const bumps = Math.round(lobe.r / 13);
    const round = (value: number): number => Math.round(value * 100) / 100;
    return [
      {
        r: "crown",
        l: layers.crownShade,
        d: path(leafyBlob(shift(lobe, 0.12, 0.16, 1), random, bumps)),
        f: "crownDeep",
        o: round(0.2 * strength),
      },
      {
        r: "crown",
        l: layers.crownShade,
        d: path(leafyBlob(lobe, random, bumps)),
        f: toneFor(sun),
        o: round(0.34 + 0.3 * strength),
      },
      {
        r: "crown",
        l: layers.crownShade,
        d: path(leafyBlob(shift(lobe, -0.2, -0.24, 0.66), random, Math.round(bumps * 0.7))),
        f: sun > 0.5 ? "crownGlow" : "crown1",
        o: round((0.12 + 0.26 * sun) * strength),
      },
    ];
  });
  return [...back, ...front, ...drawWholeLight(random)];
}

/** Sun from the upper left and dusk at the lower right over the crown as a whole. */
function drawWholeLight(random: Random): readonly Shape[] {
  const whole = path(bumpyRim(26, random));
  return [{ r: "crown", l: layers.crownLight, d: whole, f: "crownSun" }];
}
