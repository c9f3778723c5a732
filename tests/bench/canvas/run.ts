import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { cpuSecondsOf } from "../relay/machine.ts";
import { createDataFolder, startServer } from "../relay/servers.ts";
import { createLayout } from "./layout.ts";
import { openOurBoard } from "./ourBoard.ts";
import { openPeerPage, type PeerPage } from "./peerPages.ts";
import { installPeers, type OpenedBoard, type ProductName, peerNames, productNames } from "./products.ts";
import { headOf, openingTableOf, type SizeRounds, showTableOf, writeReport } from "./report.ts";
import { shows } from "./shows.ts";
import { verdictLines, verdictsOf } from "./verdicts.ts";
import { type Visit, visit } from "./visit.ts";

/*
 * npm run bench:canvas: the built product beside other boards in the same browser in the same minutes, written to
 * docs/benchmarks.md. With `-- --only pan,drag --notes 1000 --products ours,tldraw --rounds 1 --seconds 4` a part of it,
 * which is only printed; `--pictures folder` shows what every gesture led to.
 */

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    notes: { type: "string" },
    products: { type: "string" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "4" },
    pictures: { type: "string" },
  },
});
const listed = (text: string | undefined) => text?.split(",").map((part) => part.trim());
const names = shows.map(({ name }) => name);
const chosen = z
  .object({
    only: z.array(z.enum([...names, "opening"])).default([...names, "opening"]),
    notes: z.array(z.coerce.number().int().min(100).max(5_000)).default([1_000, 5_000]),
    products: z.array(z.enum(productNames)).default([...productNames]),
    rounds: z.coerce.number().int().min(1),
    seconds: z.coerce.number().min(2).max(20),
  })
  .parse({
    ...values,
    only: listed(values.only),
    notes: listed(values.notes),
    products: listed(values.products),
  });

const { rounds, seconds, products } = chosen;
const performed = shows.filter(({ name }) => chosen.only.includes(name));
const peers = peerNames.filter((name) => products.includes(name));
const startedAt = performance.now();
const shortly = (error: unknown) => (error instanceof Error ? error.message : String(error));

installPeers(peers);
const pages = new Map<ProductName, PeerPage>();
for (const name of peers) pages.set(name, await openPeerPage(name));
const folder = createDataFolder();
const server = await startServer({ name: "ours", dataDir: folder.path, keeps: true, mayFlood: true });

let isServing = true;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
process.on("exit", () => {
  if (isServing) process.kill(server.pid, "SIGKILL");
  folder.remove();
});

const sizes: SizeRounds[] = [];
try {
  for (const notes of chosen.notes) sizes.push(await measureSize(notes));
} finally {
  for (const page of pages.values()) await page.close();
  isServing = false;
  await server.stop("SIGTERM");
}

const version = spawnSync(process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", ["--version"], {
  encoding: "utf8",
});
const lines = [
  ...headOf(rounds, seconds, version.stdout.trim().split(" ").slice(0, 2).join(" ")),
  ...verdictLines(verdictsOf(sizes, performed)),
  ...sizes.flatMap((size) => [
    ...(chosen.only.includes("opening") ? openingTableOf(size) : []),
    ...performed.flatMap((show) => showTableOf(size, show)),
  ]),
];
console.log(lines.join("\n"));
console.log(`\ntook ${((performance.now() - startedAt) / 60_000).toFixed(1)} minutes`);
const isPart = [values.only, values.notes, values.products].some((value) => value !== undefined);
if (!isPart && rounds > 1) writeReport(lines);

/** The products take turns, and nobody is always the first. */
async function measureSize(notes: number): Promise<SizeRounds> {
  const layout = createLayout(notes);
  const visits = new Map<ProductName, Visit[]>(products.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const first = round % products.length;
    for (const name of [...products.slice(first), ...products.slice(0, first)]) {
      const what = `${notes} notes, round ${round + 1}, ${name}`;
      let board: OpenedBoard | null = null;
      try {
        board = await open(name);
        const made = await visit({
          ownSeconds,
          board,
          layout,
          shows: performed,
          seconds,
          pictures: picturesOf(notes, name),
        });
        visits.get(name)?.push(made);
        console.log(`${what}: ${describe(made)}`);
      } catch (error) {
        console.log(`${what} failed: ${shortly(error)}`);
      } finally {
        await board?.close();
      }
    }
  }
  return { notes, visits };

  async function open(name: ProductName): Promise<OpenedBoard> {
    const page = pages.get(name);
    return page === undefined ? await openOurBoard(server, layout) : await page.open(layout);
  }
}

function ownSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + cpuSecondsOf(server.pid);
}

function picturesOf(notes: number, name: ProductName): string | null {
  return values.pictures === undefined ? null : join(values.pictures, `${notes}-${name}`);
}

function describe({ opening, shows: made, failures }: Visit): string {
  const parts = [
    `ready ${opening.readyMs.toFixed(0)} ms`,
    ...[...made].map(
      ([name, { framesPerSecond, p95, mainPerFrame, others }]) =>
        `${name} ${framesPerSecond.toFixed(1)}/s, p95 ${p95.toFixed(0)} ms, main ${mainPerFrame.toFixed(1)} ms, others ${others.toFixed(2)}`,
    ),
    `RSS ${opening.memory.resident.toFixed(0)} MB`,
    `heap ${opening.heapReady.toFixed(0)}, then ${opening.heapAfter.toFixed(0)} MB`,
    ...(opening.elsewhere > 0 ? [`${opening.elsewhere} requests elsewhere`] : []),
    ...failures.map((failure) => `FAILED ${failure}`),
  ];
  return parts.join("; ");
}
