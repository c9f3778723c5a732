import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Backdrop, Palette, Shape } from "./backdrop.ts";
import { drawCan } from "./can.ts";
import { drawCommunity } from "./communityScenery.ts";
import { drawCrown } from "./crown.ts";
import { drawApples, drawLeaves } from "./foliage.ts";
import { groundY } from "./ground.ts";
import { drawIndividual } from "./individualScenery.ts";
import { drawLandscape } from "./landscape.ts";
import { drawFlowers, drawTurf } from "./meadow.ts";
import { fruitsOutline, rootsOutline, wateringCanOutline } from "./outlines.ts";
import { createPalettes } from "./palette.ts";
import { createRandom } from "./random.ts";
import { drawRoots } from "./roots.ts";
import { sceneryPaints } from "./sceneryPaints.ts";
import { drawSky } from "./sky.ts";
import { drawSoil } from "./soil.ts";
import { drawTrunk, growBranches, growStrands } from "./trunk.ts";
import { drawWater } from "./water.ts";

/*
 * Draws the illustrated tree and writes it as data: `npx tsx server/dev/drawTree/drawTree.ts`.
 * Every subject has its own seed, so that a change in one leaves the others as they were.
 */

const byLayer = (shapes: readonly Shape[]): readonly Shape[] => [...shapes].sort((a, b) => a.l - b.l);

function drawCommon(): readonly Shape[] {
  const limbs = growStrands(createRandom(11));
  const branches = growBranches(limbs, createRandom(12));
  return byLayer([
    ...drawSky(createRandom(1)),
    ...drawLandscape(createRandom(2)),
    ...drawSoil(createRandom(3)),
    ...drawRoots(createRandom(4)),
    ...drawTrunk(limbs, branches, createRandom(5)),
    ...drawCrown(createRandom(6)),
    ...drawLeaves(createRandom(7)),
    ...drawApples(createRandom(8)),
    ...drawTurf(createRandom(9)),
    ...drawFlowers(createRandom(10)),
    ...drawCan(),
    ...drawWater(createRandom(13)),
  ]);
}

const onlyUsed = (palette: Palette, shapes: readonly Shape[]): Palette => {
  const used = new Set(shapes.flatMap((shape) => [shape.f, shape.s]));
  return Object.fromEntries(Object.entries(palette).filter(([key]) => used.has(key)));
};

/** The whole picture as one value; the same bytes every time. */
export function drawTree(): Backdrop {
  const common = drawCommon();
  const individual = byLayer(drawIndividual());
  const community = byLayer(drawCommunity());
  const palettes = createPalettes(sceneryPaints);
  return {
    world: { width: 3200, height: 2000 },
    groundY,
    shapes: { common, individual, community },
    palettes: {
      individual: onlyUsed(palettes.individual, [...common, ...individual]),
      community: onlyUsed(palettes.community, [...common, ...community]),
    },
  };
}

const folder = new URL("../../../shared/template/", import.meta.url);
const write = (name: string, value: unknown) =>
  writeFileSync(fileURLToPath(new URL(name, folder)), `${JSON.stringify(value)}\n`);
write("treeBackdrop.json", drawTree());
// A phone needs to know where the zones are, not how they look.
write("treeOutlines.json", { fruits: fruitsOutline, wateringCan: wateringCanOutline, roots: rootsOutline });
