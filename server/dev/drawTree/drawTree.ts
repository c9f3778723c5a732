import { writeLimbs } from "../../../shared/render/backdropLimbs.ts";
import { type Backdrop, layers, type Palette, type Shape } from "./backdrop.ts";
import { drawCan } from "./can.ts";
import { drawCommunity } from "./communityScenery.ts";
import { drawCrown } from "./crown.ts";
import { drawLeaves, placeFruits } from "./foliage.ts";
import { drawIndividual } from "./individualScenery.ts";
import { drawLandscape } from "./landscape.ts";
import { drawFlowers, drawTurf } from "./meadow.ts";
import { createNightPalettes } from "./nightPalette.ts";
import { createPalettes } from "./palette.ts";
import { createRandom } from "./random.ts";
import { drawRoots } from "./roots.ts";
import { sceneryPaints } from "./sceneryPaints.ts";
import { drawSky } from "./sky.ts";
import { drawSoil } from "./soil.ts";
import { drawTrunk, growBranches, growStrands } from "./trunk.ts";
import { drawWater } from "./water.ts";

/*
 * Draws the illustrated tree. What it draws is kept as data, see writeTree.ts.
 * Every subject has its own seed, so that a change in one leaves the others as they were.
 */

/** Colours that fruits use as they ripen: no shape of the data names them. */
const fruitPaints = [
  "fruitYoung",
  "fruitTurning",
  "apple1",
  "apple2",
  "apple3",
  "appleShade",
  "appleShine",
].concat(["blossom", "blossomHeart", "woodDark", "leaf3"]);

const byLayer = (shapes: readonly Shape[]): readonly Shape[] => [...shapes].sort((a, b) => a.l - b.l);

const onlyUsed = (palette: Palette, shapes: readonly Shape[]): Palette => {
  const used = new Set([...shapes.flatMap((shape) => [shape.f, shape.s]), ...fruitPaints]);
  return Object.fromEntries(Object.entries(palette).filter(([key]) => used.has(key)));
};

/** The whole picture as one value; the same bytes every time. */
export function drawTree(): Backdrop {
  const strands = growStrands(createRandom(11));
  const boughs = growBranches(strands, createRandom(12));
  const roots = drawRoots(createRandom(4));
  const common = byLayer([
    ...drawSky(createRandom(1)),
    ...drawLandscape(createRandom(2)),
    ...drawSoil(createRandom(3)),
    ...roots.shapes,
    ...drawTrunk(strands, createRandom(5)),
    ...drawCrown(createRandom(6)),
    ...drawLeaves(createRandom(7)),
    ...drawTurf(createRandom(9)),
    ...drawFlowers(createRandom(10)),
    ...drawCan(),
    ...drawWater(createRandom(13)),
  ]);
  const individual = byLayer(drawIndividual());
  const community = byLayer(drawCommunity());
  const used = {
    individual: (palette: Palette) => onlyUsed(palette, [...common, ...individual]),
    community: (palette: Palette) => onlyUsed(palette, [...common, ...community]),
  };
  const day = createPalettes(sceneryPaints);
  const night = createNightPalettes(day);
  const limbs = Object.entries({ strands, boughs, ...roots.limbs });
  return {
    shapes: { common, individual, community },
    limbs: Object.fromEntries(limbs.map(([name, set]) => [name, writeLimbs(set)])),
    fruits: placeFruits(createRandom(8)),
    fruitLayer: layers.fruit,
    palettes: { individual: used.individual(day.individual), community: used.community(day.community) },
    palettesDark: {
      individual: used.individual(night.individual),
      community: used.community(night.community),
    },
  };
}
