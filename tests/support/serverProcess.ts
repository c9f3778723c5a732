import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { until } from "./relayServer.ts";

export type ServerProcess = {
  readonly url: string;
  readonly socketUrl: string;
  /** Resolves with the exit code, which is null after a kill. */
  readonly end: (signal: "SIGKILL" | "SIGTERM") => Promise<number | null>;
};

/** The server of this source as a process of its own, on a free port, so that it can be killed. */
export async function startServerProcess(dataDir: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "server/main.ts"], {
    env: {
      PATH: process.env.PATH,
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_DIR: dataDir,
      CLIENT_DIR: dataDir,
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const port = () => /ready on http:\/\/localhost:(\d+)/.exec(said)?.[1];
  await until(() => port() !== undefined || child.exitCode !== null, "the server is up", 20_000);
  if (child.exitCode !== null) throw new Error("the server did not start");
  return {
    url: `http://127.0.0.1:${port()}`,
    socketUrl: `ws://127.0.0.1:${port()}/rooms`,
    async end(signal) {
      child.kill(signal);
      await ended(child);
      return child.exitCode;
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
