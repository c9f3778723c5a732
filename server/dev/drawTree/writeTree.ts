import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { drawTree } from "./drawTree.ts";
import { fruitsOutline, rootsOutline, wateringCanOutline } from "./outlines.ts";

/** Draws the tree and writes it as data: `npx tsx server/dev/drawTree/writeTree.ts`. */

const folder = new URL("../../../shared/template/", import.meta.url);
const write = (name: string, value: unknown) =>
  writeFileSync(fileURLToPath(new URL(name, folder)), `${JSON.stringify(value)}\n`);
write("treeBackdrop.json", drawTree());
// A phone needs to know where the zones are, not how they look.
write("treeOutlines.json", { fruits: fruitsOutline, wateringCan: wateringCanOutline, roots: rootsOutline });
