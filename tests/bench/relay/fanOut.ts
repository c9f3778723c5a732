import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { countMissingNotes } from "./boardClient.ts";
import { type LoadReport, type LoadSetup, loadMessageSchema } from "./loadMessages.ts";
import { busySecondsOf, cpuSecondsOf } from "./machine.ts";
import {
  createDataFolder,
  loadCore,
  makeBoards,
  projectFolder,
  type Server,
  type ServerName,
  serverCore,
  startServer,
} from "./servers.ts";

/* Many people on one or many boards: how quickly edits reach the others, and what that costs the server. */

export type FanOutFigures = Omit<LoadReport, "kind" | "saved"> & {
  /** Seconds of processor time per second, by the server's process. */
  readonly cpu: number;
  /** The same by the process of the load. */
  readonly loadCpu: number;
  /** Share of the time that the core of the load was busy; near one, the load is what was measured. */
  readonly loadCore: number;
  readonly serverCore: number;
  /** Edits called saved that were gone after the server was killed; null for who never says so. */
  readonly lostAfterKill: number | null;
  readonly savedAtKill: number;
};

/** The share of a core that neither server nor load used; above a quarter the machine is not quiet enough. */
export function othersShareOf({ cpu, serverCore, loadCpu, loadCore }: FanOutFigures): number {
  return Math.max(serverCore - cpu, loadCore - loadCpu);
}

export type FanOutOptions = {
  readonly name: ServerName;
  readonly clients: number;
  readonly boards: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
};

const newcomerPatienceMs = 10_000;
const loadFile = fileURLToPath(new URL("./load.ts", import.meta.url));
const typescriptLoader = pathToFileURL(join(projectFolder, "node_modules/tsx/dist/loader.mjs")).href;

export async function measureFanOut({
  name,
  clients,
  boards,
  seconds,
  warmUpSeconds,
}: FanOutOptions): Promise<FanOutFigures> {
  const folder = createDataFolder();
  const start = { name, dataDir: folder.path, keeps: false, mayFlood: false };
  let server = await startServer(start);
  try {
    const { dialect, port } = server;
    const made = await makeBoards(server, boards);
    const endsWithKill = name === "ours";
    const setup = { port, dialect, boards: [...made], clients, seconds, warmUpSeconds, endsWithKill };
    const { report, cost } = await runLoad(server, setup);
    const { kind: _kind, saved, ...figures } = report;
    const common = { ...figures, ...cost };
    if (!endsWithKill) return { ...common, lostAfterKill: null, savedAtKill: 0 };
    server = await startServer(start);
    const lost = await Promise.all(
      made.map((board) =>
        countMissingNotes({
          dialect,
          port: server.port,
          board,
          names: saved[board.id] ?? [],
          patienceMs: newcomerPatienceMs,
        }),
      ),
    );
    const savedAtKill = Object.values(saved).reduce((sum, names) => sum + names.length, 0);
    if (savedAtKill === 0) throw new Error("nothing was saved, so nothing could be lost");
    return {
      ...common,
      lostAfterKill: lost.reduce((sum, count) => sum + count, 0),
      savedAtKill,
    };
  } finally {
    await server.stop("SIGTERM");
    folder.remove();
  }
}

type Cost = Pick<FanOutFigures, "cpu" | "loadCpu" | "loadCore" | "serverCore">;

/** Runs the load to its end; kills the server when it asks for that. */
function runLoad(
  server: Server,
  setup: LoadSetup,
): Promise<{ readonly report: LoadReport; readonly cost: Cost }> {
  const load = spawn(
    "taskset",
    ["-c", String(loadCore), process.execPath, "--import", typescriptLoader, loadFile, JSON.stringify(setup)],
    { stdio: ["ignore", "inherit", "inherit", "ipc"] },
  );
  const look = () => ({
    at: performance.now(),
    server: cpuSecondsOf(server.pid),
    load: cpuSecondsOf(load.pid ?? 0),
    serverCore: busySecondsOf(serverCore),
    loadCore: busySecondsOf(loadCore),
  });
  return new Promise((resolve, reject) => {
    let before: ReturnType<typeof look> | null = null;
    let cost: Cost | null = null;
    let report: LoadReport | null = null;
    load.on("message", (told) => {
      const message = loadMessageSchema.parse(told);
      switch (message.kind) {
        case "measuring":
          before = look();
          return;
        case "measured": {
          if (before === null) return;
          const after = look();
          const seconds = (after.at - before.at) / 1000;
          cost = {
            cpu: (after.server - before.server) / seconds,
            loadCpu: (after.load - before.load) / seconds,
            loadCore: (after.loadCore - before.loadCore) / seconds,
            serverCore: (after.serverCore - before.serverCore) / seconds,
          };
          return;
        }
        case "readyForKill":
          void server.stop("SIGKILL");
          return;
        case "report":
          report = message;
      }
    });
    load.on("exit", (code) => {
      if (report === null || cost === null) reject(new Error(`the load ended with ${code} and no report`));
      else resolve({ report, cost });
    });
  });
}
