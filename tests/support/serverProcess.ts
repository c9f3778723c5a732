import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { until } from "./relayServer.ts";

export type ServerProcess = {
  readonly url: string;
  readonly socketUrl: string;
  /** Where the inspector listens; null unless the process was started with `--inspect`. */
  readonly inspectorUrl: string | null;
  readonly pid: number;
  /** What it printed so far: its log. */
  readonly said: () => string;
  /** Resolves with the exit code, which is null after a kill. */
  readonly end: (signal: "SIGKILL" | "SIGTERM") => Promise<number | null>;
};

export type ServerProcessOptions = {
  /** What runs, from the folder of this project; SERVER_PROGRAM names another one for every test. */
  readonly program?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly nodeFlags?: readonly string[];
};

/** The server of this source as a process of its own, on a free port, so that it can be killed. */
export async function startServerProcess(
  dataDir: string,
  options: ServerProcessOptions = {},
): Promise<ServerProcess> {
  const { program = process.env.SERVER_PROGRAM ?? "server/main.ts", environment, nodeFlags = [] } = options;
  const loader = program.endsWith(".ts") ? ["--import", "tsx"] : [];
  const child = spawn(process.execPath, [...nodeFlags, ...loader, program], {
    env: {
      PATH: process.env.PATH,
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_DIR: dataDir,
      CLIENT_DIR: dataDir,
      LOG_LEVEL: "error",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  let complained = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complained += chunk.toString();
    if (!isInspectorTalk(chunk.toString())) process.stderr.write(chunk);
  });
  const port = () => /ready on http:\/\/localhost:(\d+)/.exec(said)?.[1];
  await until(() => port() !== undefined || child.exitCode !== null, "the server is up", 20_000);
  if (child.exitCode !== null) throw new Error("the server did not start");
  return {
    url: `http://127.0.0.1:${port()}`,
    socketUrl: `ws://127.0.0.1:${port()}/rooms`,
    inspectorUrl: /listening on (ws:\/\/\S+)/.exec(complained)?.[1] ?? null,
    pid: child.pid ?? 0,
    said: () => said,
    async end(signal) {
      child.kill(signal);
      await ended(child);
      return child.exitCode;
    },
  };
}

function isInspectorTalk(text: string): boolean {
  return /^(Debugger |For help, see: )/.test(text);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
