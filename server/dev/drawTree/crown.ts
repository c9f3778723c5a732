import { createPen } from "../../../shared/render/backdropPen.ts";
import { layers, type Point, type Shape } from "./backdrop.ts";
import {
  type Lobe,
  leafyBlob,
  leafyRim,
  rimLobes,
  rimShare,
  type Scallop,
  scalloped,
  sunAt,
} from "./crownShape.ts";
import type { Random } from "./random.ts";

/** The masses inside the rim: broad and few, so that the middle stays calm. */
function innerLobes(random: Random): readonly Lobe[] {
  const lobes: Lobe[] = [];
  for (let row = 0; row < 3; row += 1) {
    for (let column = 0; column < 5; column += 1) {
      lobes.push({
        x: 1450 + column * 300 + (row % 2) * 110 + random.between(-60, 60),
        y: 360 + row * 160 + random.between(-36, 36),
        r: random.between(150, 200),
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

const path = (scallops: readonly Scallop[]): string => scalloped(createPen(2), scallops).path();

/** Four neighbouring greens from light to deep. */
function toneFor(sun: number): string {
  if (sun > 0.68) return "crown1";
  if (sun > 0.48) return "crown2";
  return sun > 0.28 ? "crown3" : "crown4";
}

const round = (value: number): number => Math.round(value * 20) / 20;

/** One mass: its shadow on what lies behind, itself, and the sun on its upper left. */
function drawMass(lobe: Lobe, random: Random): readonly Shape[] {
  const isAtFork = Math.abs(lobe.x - 2105) < 180 && lobe.y > 700;
  const isInner = isAtFork || rimShare(lobe.x, lobe.y) < 0.6;
  const sun = Math.min(1, Math.max(0, sunAt(lobe.x, lobe.y) + random.between(-0.1, 0.1)));
  const body = leafyBlob(lobe, random, 58);
  const mass = (d: string, f: string, o: number): Shape => ({
    r: "crown",
    l: isInner ? layers.crownBase : layers.crownShade,
    d,
    f,
    o: round(o),
  });
  // Notes lie in the middle, and at the fork the limbs part: masses there have body but no shine, and
  // lie behind the wood.
  if (isInner) return [mass(path(body), toneFor(sun), 0.3)];
  // The shadow is the mass itself moved by whole units: gzip then stores its outline once.
  const moved = ([x, y]: Point): Point => [x + 18, y + 30];
  const shadow = body.map(({ notch, swell }): Scallop => ({ notch: moved(notch), swell: moved(swell) }));
  const shine = leafyBlob(shift(lobe, -0.2, -0.24, 0.6), random, 44);
  // At the lower right rim a shadow would fall outside the crown.
  const fallsOutside = rimShare(lobe.x + lobe.r * 0.9, lobe.y + lobe.r * 0.9) > 0.98;
  return [
    ...(fallsOutside ? [] : [mass(path(shadow), "crownDeep", 0.15)]),
    mass(path(body), toneFor(sun), 0.55),
    mass(path(shine), sun > 0.5 ? "crownGlow" : "crown1", 0.08 + 0.26 * sun),
  ];
}

/** The crown behind the branches, the masses over them, and light and shade over the whole. */
export function drawCrown(random: Random): readonly Shape[] {
  const rim = path(leafyRim(4, random));
  const masses = [...innerLobes(random), ...rimLobes.map((lobe) => shift(lobe, 0, 0, 0.88))].sort(
    (a, b) => sunAt(a.x, a.y) - sunAt(b.x, b.y),
  );
  return [
    { r: "crown", l: layers.crownBase, d: rim, f: "crownBase" },
    ...masses.flatMap((lobe) => drawMass(lobe, random)),
    { r: "crown", l: layers.crownLight, d: rim, f: "crownUnder" },
    { r: "crown", l: layers.crownLight, d: rim, f: "crownSun" },
  ];
}
