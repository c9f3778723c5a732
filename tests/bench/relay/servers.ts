import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { workshopCreatedSchema } from "../../../shared/workshop/api.ts";
import type { BenchBoard, Dialect } from "./dialects.ts";

/* The servers that are measured: each alone on core 0, with one data folder, started and ended by this process. */

export const serverNames = ["ours", "forward", "yWebsocketServer", "hocuspocus"] as const;
export type ServerName = (typeof serverNames)[number];
export const peerNames: readonly ServerName[] = ["yWebsocketServer", "hocuspocus"];
/** Whoever keeps boards on disk; the second one by y-leveldb, if it is asked to. */
export const keepingServers: readonly ServerName[] = ["ours", "yWebsocketServer", "hocuspocus"];

export const projectFolder = fileURLToPath(new URL("../../..", import.meta.url));
const peersFolder = fileURLToPath(new URL("./peers", import.meta.url));
export const serverCore = 0;
export const loadCore = 1;

function dialectOf(name: ServerName): Dialect {
  return name === "yWebsocketServer" ? "yWebsocket" : name;
}

export function versionOf(peer: ServerName, dependency: string): string {
  const file = join(peersFolder, peer, "node_modules", dependency, "package.json");
  const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
  return typeof parsed === "object" && parsed !== null && "version" in parsed ? String(parsed.version) : "?";
}

/** Fetches what a peer needs, the first time. */
export function installPeers(): void {
  for (const name of peerNames) {
    const folder = join(peersFolder, name);
    if (existsSync(join(folder, "node_modules"))) continue;
    const { status } = spawnSync("npm", ["install", "--no-audit", "--no-fund", "--legacy-peer-deps"], {
      cwd: folder,
      stdio: "inherit",
    });
    if (status !== 0) throw new Error(`${name} could not be fetched`);
  }
}

export type Server = {
  readonly name: ServerName;
  readonly dialect: Dialect;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the process has ended. */
  readonly stop: (signal: "SIGTERM" | "SIGKILL") => Promise<void>;
};

export type StartOptions = {
  readonly name: ServerName;
  readonly dataDir: string;
  /** Whether the peer that need not keep anything does. */
  readonly keeps: boolean;
  readonly mayFlood: boolean;
};

const startPatienceMs = 20_000;
const stopPatienceMs = 15_000;

export async function startServer({ name, dataDir, keeps, mayFlood }: StartOptions): Promise<Server> {
  const port = await freePort();
  const folder = name === "ours" ? projectFolder : join(peersFolder, name);
  const file = name === "ours" ? join(projectFolder, "dist/server/main.js") : join(folder, "serve.mjs");
  const options = (process.env.SERVER_OPTIONS ?? "").split(" ").filter((part) => part !== "");
  const child = spawn("taskset", ["-c", String(serverCore), process.execPath, ...options, file], {
    cwd: folder,
    env: {
      ...process.env,
      HOST: "127.0.0.1",
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE: join(dataDir, "peer.sqlite"),
      YPERSISTENCE: keeps ? join(dataDir, "level") : "",
      LOG_LEVEL: "error",
      LIMIT_BOARDS_BURST: "1000",
      LIMIT_MEMBERS_PER_ROOM: "5000",
      LIMIT_CONNECTIONS_PER_ADDRESS: "5000",
      ...(mayFlood ? { LIMIT_FRAMES_PER_SECOND: "1000000", LIMIT_FRAMES_BURST: "1000000" } : {}),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await ready(child, name);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} has no process`);
  return {
    name,
    dialect: dialectOf(name),
    port,
    pid,
    async stop(signal) {
      child.kill(signal);
      const force = setTimeout(() => child.kill("SIGKILL"), stopPatienceMs);
      await ended;
      clearTimeout(force);
    },
  };
}

function ready(child: ChildProcess, name: ServerName): Promise<void> {
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`${name} does not start`));
    }, startPatienceMs);
    child.stdout?.on("data", (data: Buffer) => {
      if (!data.toString().includes("is ready on")) return;
      clearTimeout(patience);
      resolve();
    });
    child.once("exit", () => reject(new Error(`${name} did not start`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

export function createDataFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "collaboration-tree-bench-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Boards of peers come to be when somebody enters; ours are made, thirty per workshop. */
export async function makeBoards({ name, port }: Server, count: number): Promise<readonly BenchBoard[]> {
  if (name !== "ours") return Array.from({ length: count }, (_, index) => ({ id: `board${index}`, key: "" }));
  const boards: BenchBoard[] = [];
  while (boards.length < count) {
    const groups = Array.from({ length: Math.min(30, count - boards.length) }, (_, index) => ({
      name: `Group ${boards.length + index}`,
      focus: "community",
    }));
    const response = await fetch(`http://127.0.0.1:${port}/api/workshops`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ title: "Load", groups }),
    });
    const made = workshopCreatedSchema.parse(await response.json());
    boards.push(...made.groups.map(({ boardId, keys }) => ({ id: boardId, key: keys.contribute })));
  }
  return boards;
}
