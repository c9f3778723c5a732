import { type Backdrop, type BackdropShape, limbsOf, styleOf, withPath } from "./backdrop.ts";
import { fruitShapes } from "./backdropFruit.ts";
import { clusterPath, opennessOf } from "./backdropLeaves.ts";
import { type Limb, limbsPath, type Station } from "./backdropLimbs.ts";
import type { Growth } from "./growth.ts";

export type Living = {
  readonly roots: readonly BackdropShape[];
  /** Leaves and fruits. */
  readonly crown: readonly BackdropShape[];
};

/**
 * Draws the growing parts again and again: a part that grew the same as the last time is the same object, so that
 * whoever paints it can keep what it made of it.
 */
export function createLiving(backdrop: Backdrop): (growth: Growth) => Living {
  const roots = backdrop.roots.map((shape) => {
    const limbs = limbsOf(shape, backdrop.limbs);
    const isLine = shape.s !== undefined;
    const grow = isLine ? reaching : shape.k.startsWith("root-") ? thickenedMain : thickenedSide;
    return {
      number: Number(shape.r.slice("root-".length)) - 1,
      draw: remembering((growth) =>
        withPath(
          isLine ? { ...shape, w: Math.round((2.4 + 3.6 * growth) * 10) / 10 } : shape,
          limbsPath(
            limbs.map((limb) => grow(limb, growth)),
            styleOf(shape),
          ),
        ),
      ),
    };
  });
  // Each cluster is a shape of its own: what has unfolded already is never drawn anew.
  const leaves = backdrop.leaves.flatMap((shape) =>
    shape.c.map((cluster) => ({
      cluster,
      draw: remembering((openness) => withPath(shape, clusterPath(cluster, openness))),
    })),
  );
  const fruits = backdrop.fruits.map((fruit) =>
    remembering((ripeness) => fruitShapes(fruit, ripeness, backdrop)),
  );
  return (growth) => ({
    roots: roots.map(({ number, draw }) => draw(growth.roots[number] ?? 0)),
    crown: [
      ...leaves.map(({ cluster, draw }) => draw(opennessOf(cluster, growth.leaves))),
      ...fruits.flatMap((draw, i) => draw(growth.fruits[i] ?? 0)),
    ],
  });
}

/** Growth in steps that the eye does not see. */
const steps = 200;

function remembering<Drawn>(draw: (growth: number) => Drawn): (growth: number) => Drawn {
  let last: { readonly step: number; readonly drawn: Drawn } | null = null;
  return (growth) => {
    const step = Math.round(growth * steps);
    if (last?.step !== step) last = { step, drawn: draw(step / steps) };
    return last.drawn;
  };
}

/**
 * A root grows thicker downwards, so that it never breaks out of the ground. All numbers are linear in the growth, and
 * there are always as many of them.
 */
function thickened({ x, y, w }: Station, growth: number, share: number): Station {
  const thick = w * (1 + (0.88 * growth - 0.26) * share);
  return { x, y: y + (thick - w) * 0.8, w: thick };
}

/** The first stations of a main root lie inside the trunk, which keeps its shape. */
function thickenedMain(limb: Limb, growth: number): Limb {
  return limb.map((station, i) => thickened(station, growth, Math.min(1, Math.max(0, (i - 1) / 4))));
}

function thickenedSide(limb: Limb, growth: number): Limb {
  return limb.map((station) => thickened(station, growth, 1));
}

/** Fine roots reach further as they grow; they keep their hold on the root they spring from. */
function reaching(limb: Limb, growth: number): Limb {
  const [start] = limb;
  if (start === undefined) return limb;
  const reach = 0.55 + 0.45 * growth;
  return limb.map(({ x, y, w }) => ({
    x: start.x + (x - start.x) * reach,
    y: start.y + (y - start.y) * reach,
    w,
  }));
}
