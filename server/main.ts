import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { databaseFile, startServer } from "./app.ts";
import { backUp, backupSentence } from "./backup.ts";
import { readCommand, usage } from "./commandLine.ts";
import { ensureDemo } from "./demo/demo.ts";
import { createLog } from "./log.ts";
import { createSystemClock } from "./relay/clock.ts";
import { startHeapThrift } from "./relay/heapThrift.ts";
import { createBusyShare } from "./relay/pace.ts";
import { createV8Heap } from "./relay/v8Heap.ts";
import { readSettings, StartError } from "./settings.ts";
import { createThreadedCompactor } from "./threads/threadedCompactor.ts";
import { createThreadedExporter } from "./threads/threadedExporter.ts";
import { openThreadedStore } from "./threads/threadedStore.ts";

const command = readCommand(process.argv.slice(2));
if (!command.ok) {
  console.error(`${command.error}\n${usage}`);
  process.exit(64);
}
if (command.value.kind === "help") {
  console.log(usage);
  process.exit(0);
}

const settings = readSettings(process.env, { moduleUrl: import.meta.url });
if (!settings.ok) {
  console.error(`These settings are not right:\n${settings.error.map((line) => `  ${line}`).join("\n")}`);
  process.exit(78);
}

const log = createLog(settings.value.logLevel);
// The database and the secret are for this user alone.
process.umask(0o077);
if (command.value.kind === "backup") {
  const { dataDir } = settings.value;
  const backup = backUp({
    databaseFile: databaseFile(dataDir),
    secretFile: settings.value.serverSecret === null ? join(dataDir, "secret") : null,
    folder: command.value.folder,
  });
  (backup.ok ? console.log : console.error)(backupSentence(backup));
  process.exit(backup.ok ? 0 : 1);
}

const clock = createSystemClock();
startHeapThrift({ clock, busyShare: createBusyShare(), heap: createV8Heap() });
const server = await startServer({
  settings: settings.value,
  log,
  clock,
  randomBytes,
  openStore: openThreadedStore,
  compactor: createThreadedCompactor(),
  exporter: createThreadedExporter(),
}).catch((error: unknown) => {
  console.error(`The server cannot start: ${startProblem(error)}`);
  process.exit(1);
});
const address = settings.value.publicUrl ?? `http://localhost:${server.port}`;

if (command.value.hasDemo) console.log(await ensureDemo(server.context, address));
console.log(`Collaboration Tree is ready on ${address}`);

/** A sentence for the host; only what nobody foresaw comes with its stack. */
function startProblem(error: unknown): string {
  if (error instanceof StartError) return error.message;
  const { host, port, dataDir } = settings.ok ? settings.value : { host: "", port: 0, dataDir: "" };
  switch (error instanceof Error && "code" in error ? error.code : null) {
    case "EADDRINUSE":
      return `port ${port} is in use; choose another with PORT`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `this machine has no address ${host}; see HOST`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "SQLITE_CANTOPEN":
    case "SQLITE_READONLY":
      return `no permission for port ${port} or for the folder ${dataDir}; see PORT and DATA_DIR`;
    case "EEXIST":
    case "ENOTDIR":
      return `${dataDir} is not a folder; see DATA_DIR`;
    case "ENOENT":
      return `the folder ${dataDir} cannot be made; see DATA_DIR`;
    case "ENOSPC":
    case "SQLITE_FULL":
      return `the disk of ${dataDir} is full`;
    case "SQLITE_CORRUPT":
    case "SQLITE_NOTADB":
      return `the database in ${dataDir} is damaged; put a backup in its place`;
    default:
      return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

let isStopping = false;
function stop(): void {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 5_000).unref();
  server.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      log.error({ error: String(error) }, "stop failed");
      process.exit(1);
    },
  );
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
