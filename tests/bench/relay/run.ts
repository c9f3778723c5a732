import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { z } from "zod";
import { headOf, replaceTables, writeReport } from "./report.ts";
import { scenarios } from "./scenarios.ts";
import { installPeers, loadCore, serverNames } from "./servers.ts";

/*
 * npm run bench:relay: this relay beside its peers on the same machine in the same minutes, written to docs/benchmarks.md.
 * With `-- --only 100,capacity --servers ours,hocuspocus --rounds 1 --seconds 4` a part of it, which is only printed; with
 * `--only capacity --write` the tables of that part, of all servers in this run, take the place of the older ones.
 * The server has core 0 to itself, the load core 1.
 */

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    servers: { type: "string" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "6" },
    write: { type: "boolean", default: false },
  },
});
const listed = (text: string | undefined) => text?.split(",").map((part) => part.trim());
const chosen = z
  .object({
    only: z.array(z.enum(scenarios.map(({ name }) => name))).default(scenarios.map(({ name }) => name)),
    servers: z.array(z.enum(serverNames)).default([...serverNames]),
    rounds: z.coerce.number().int().min(1),
    seconds: z.coerce.number().min(1),
  })
  .parse({ ...values, only: listed(values.only), servers: listed(values.servers) });

installPeers();
// Clients of some scenarios live in this process.
spawnSync("taskset", ["-acp", String(loadCore), String(process.pid)], { stdio: "ignore" });

const { rounds, seconds, servers } = chosen;
const tables: string[] = [];
for (const scenario of scenarios) {
  if (!chosen.only.includes(scenario.name)) continue;
  const start = performance.now();
  const table = await scenario.run({ rounds, seconds, servers });
  tables.push(...table);
  console.log(table.join("\n"));
  console.log(`${scenario.name} took ${((performance.now() - start) / 1000).toFixed(0)} s`);
}
if (values.servers === undefined) {
  if (values.only === undefined) writeReport([...headOf(rounds, seconds), ...tables]);
  else if (values.write) {
    // Perhaps of another machine than the tables around it.
    const [head = ""] = headOf(rounds, seconds);
    const isTitle = (line: string) => line.startsWith("### ");
    replaceTables(
      tables.flatMap((line) => (isTitle(line) ? [line, "", `Of a run of its own. ${head}`] : [line])),
    );
  }
}
