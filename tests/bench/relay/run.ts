import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { workshopCreatedSchema } from "../../../shared/workshop/api.ts";

/*
 * npm run bench:relay [-- servers clients boards seconds]: this relay beside its peers on the same machine in the same
 * minute. The server has one core to itself, the load the other.
 */

const here = fileURLToPath(new URL(".", import.meta.url));
const project = fileURLToPath(new URL("../../..", import.meta.url));
const [
  names = "ours,forward,yWebsocketServer,hocuspocus",
  counts = "8,100",
  boards = "1",
  seconds = "8",
  rounds = "1",
] = process.argv.slice(2);

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
  return spawn("taskset", ["-c", "0", process.execPath, file], {
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
  });
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
          seconds: Number(seconds),
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
    return { ...figuresSchema.parse(JSON.parse(printed)), cpu: cpu / Number(seconds) };
  } finally {
    const gone = new Promise((resolve) => server.on("exit", resolve));
    server.kill("SIGKILL");
    await gone;
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const ms = (value: number | null) => (value === null ? "–" : value.toFixed(value < 10 ? 1 : 0));
console.log(
  "server | clients × boards | edit p50 | edit p99 | cursor p50 | cursors/s | CPU | missing | closed | MB/s out",
);
for (let round = 0; round < Number(rounds); round += 1) {
  for (const count of counts.split(",").map(Number)) {
    for (const name of names.split(",")) {
      const figures = await measure(name, count, Number(boards));
      console.log(
        [
          name,
          `${count} × ${boards}`,
          ms(figures.editP50),
          ms(figures.editP99),
          ms(figures.cursorP50),
          Math.round(figures.cursorsPerSecond),
          figures.cpu.toFixed(2),
          figures.missing,
          figures.closed,
          (figures.bytes / 1e6).toFixed(1),
        ].join(" | "),
      );
    }
  }
}
