import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { workshopCreatedSchema } from "../../../shared/workshop/api.ts";

/*
 * npm run bench:relay [-- rounds seconds clients]: this relay beside its peers on the same machine in the same minutes, written
 * to docs/benchmarks.md unless only one scenario is asked for, by its number of clients. The server has one core to itself, the load the other.
 */

const here = fileURLToPath(new URL(".", import.meta.url));
const project = fileURLToPath(new URL("../../..", import.meta.url));
const [rounds = 3, seconds = 8, only] = process.argv.slice(2).map(Number);

type Scenario = { readonly clients: number; readonly boards: number; readonly names: readonly string[] };

/** Who is measured, with how many clients in all, on how many boards. */
const scenarios: readonly Scenario[] = [
  { clients: 8, boards: 1, names: ["ours", "forward", "yWebsocketServer", "hocuspocus"] },
  { clients: 100, boards: 1, names: ["ours", "forward", "yWebsocketServer", "hocuspocus"] },
  { clients: 350, boards: 1, names: ["ours", "forward", "yWebsocketServer", "hocuspocus"] },
  { clients: 400, boards: 50, names: ["ours", "yWebsocketServer", "hocuspocus"] },
  { clients: 1000, boards: 125, names: ["ours", "yWebsocketServer", "hocuspocus"] },
];
const titles: Readonly<Record<string, string>> = {
  ours: "this relay, saved to disk",
  forward: "bare `ws` that only forwards, keeps nothing",
  yWebsocketServer: "@y/websocket-server 0.1.5, keeps nothing",
  hocuspocus: "Hocuspocus 4.7 with SQLite",
};

const figuresSchema = z.object({
  editP50: z.number().nullable(),
  editP99: z.number().nullable(),
  cursorP50: z.number().nullable(),
  cursorsPerSecond: z.number(),
  missing: z.number(),
  closed: z.number(),
  edits: z.number(),
  bytes: z.number(),
  messages: z.number(),
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

function serve(name: string, port: number, dataDir: string): ChildProcess {
  const peer = join(here, "peers", name);
  if (name !== "ours" && existsSync(join(peer, "package.json")) && !existsSync(join(peer, "node_modules"))) {
    spawnSync("npm", ["install", "--no-audit", "--no-fund", "--legacy-peer-deps"], {
      cwd: peer,
      stdio: "inherit",
    });
  }
  const file = name === "ours" ? join(project, "dist/server/main.js") : join(peer, "serve.mjs");
  return spawn(
    "taskset",
    [
      "-c",
      "0",
      process.execPath,
      ...(process.env.SERVER_OPTIONS ?? "").split(" ").filter((part) => part !== ""),
      file,
    ],
    {
      cwd: name === "ours" ? project : peer,
      env: {
        ...process.env,
        HOST: "127.0.0.1",
        PORT: String(port),
        DATA_DIR: dataDir,
        DATABASE: join(dataDir, "peer.sqlite"),
        LOG_LEVEL: "error",
        LIMIT_BOARDS_BURST: "1000",
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
}

async function boardsOn(name: string, port: number, count: number) {
  const ids = Array.from({ length: count }, (_, index) => `board${index}`);
  if (name !== "ours") return ids.map((id) => ({ id, key: "" }));
  const made: { readonly id: string; readonly key: string }[] = [];
  while (made.length < count) {
    const response = await fetch(`http://127.0.0.1:${port}/api/workshops`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        title: "Load",
        groups: ids
          .slice(0, Math.min(30, count - made.length))
          .map((id) => ({ name: id, focus: "community" })),
      }),
    });
    const { groups } = workshopCreatedSchema.parse(await response.json());
    made.push(...groups.map(({ boardId, keys }) => ({ id: boardId, key: keys.contribute })));
  }
  return made;
}

/** Seconds of processor time that a process has used. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function measure(name: string, clients: number, boardCount: number) {
  const dataDir = mkdtempSync(join(tmpdir(), "collaboration-tree-bench-"));
  const port = await freePort();
  const server = serve(name, port, dataDir);
  try {
    await new Promise<void>((resolve, reject) => {
      server.stdout?.on("data", (data: Buffer) => data.toString().includes("is ready on") && resolve());
      server.on("exit", () => reject(new Error(`${name} did not start`)));
    });
    const dialect = name === "hocuspocus" || name === "forward" ? name : "yWebsocket";
    const load = spawn(
      "taskset",
      [
        "-c",
        "1",
        process.execPath,
        join(project, "node_modules/tsx/dist/cli.mjs"),
        join(here, "load.ts"),
        JSON.stringify({
          port,
          dialect,
          boards: JSON.stringify(await boardsOn(name, port, boardCount)),
          clients,
          seconds,
        }),
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    let printed = "";
    let cpu = 0;
    load.stdout.on("data", (data: Buffer) => {
      printed += data.toString();
    });
    load.stderr.on("data", (data: Buffer) => {
      const text = data.toString();
      const now = cpuSeconds(server.pid ?? 0);
      if (text.includes("measuring")) cpu = -now;
      else if (text.includes("measured")) cpu += now;
      else process.stderr.write(text);
    });
    await new Promise((resolve) => load.on("exit", resolve));
    return { ...figuresSchema.parse(JSON.parse(printed)), cpu: cpu / seconds };
  } finally {
    const gone = new Promise((resolve) => server.on("exit", resolve));
    server.kill("SIGTERM");
    await gone;
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Figures = Awaited<ReturnType<typeof measure>>;

/** Median with the least and the most. */
function spread(values: readonly (number | null)[], digits: number): string {
  const known = values.flatMap((value) => value ?? []).sort((a, b) => a - b);
  const [least] = known;
  const most = known.at(-1);
  const median = known[Math.floor(known.length / 2)];
  if (least === undefined || most === undefined || median === undefined) return "nothing came";
  return `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

const lines: string[] = [];
for (const { clients, boards, names } of scenarios) {
  if (only !== undefined && only !== clients) continue;
  const runs = new Map<string, Figures[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) runs.get(name)?.push(await measure(name, clients, boards));
  }
  lines.push(
    "",
    `### ${clients} clients on ${boards === 1 ? "one board" : `${boards} boards`}`,
    "",
    "| server | edit p50, ms | edit p99, ms | cursor p50, ms | processor, s/s | edits missing | cut off |",
    "|---|---|---|---|---|---|---|",
  );
  for (const [name, figures] of runs) {
    const column = (of: (run: Figures) => number | null, digits: number) => spread(figures.map(of), digits);
    const columns = [
      titles[name] ?? name,
      column((run) => run.editP50, 1),
      column((run) => run.editP99, 0),
      column((run) => run.cursorP50, 0),
      column((run) => run.cpu, 2),
      column((run) => run.missing, 0),
      column((run) => run.closed, 0),
    ];
    lines.push(`| ${columns.join(" | ")} |`);
  }
  console.log(lines.slice(-names.length - 5).join("\n"));
}

if (only !== undefined) process.exit(0);
const file = join(project, "docs/benchmarks.md");
const [start, end] = ["<!-- relay: written by npm run bench:relay -->", "<!-- relay ends -->"];
const text = readFileSync(file, "utf8");
const before = text.slice(0, text.indexOf(start));
const after = text.slice(text.indexOf(end));
writeFileSync(file, `${before}${start}\n${lines.join("\n")}\n\n${after}`);
