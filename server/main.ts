import { randomBytes } from "node:crypto";
import { startServer } from "./app.ts";
import { ensureDemo } from "./demo/demo.ts";
import { createLog } from "./log.ts";
import { readSettings } from "./settings.ts";

const settings = readSettings(process.env, { moduleUrl: import.meta.url });
if (!settings.ok) {
  console.error(`These settings are not right:\n${settings.error.map((line) => `  ${line}`).join("\n")}`);
  process.exit(78);
}

const log = createLog(settings.value.logLevel);
const server = await startServer({ settings: settings.value, log, now: Date.now, randomBytes });
const address = settings.value.publicUrl ?? `http://localhost:${server.port}`;

if (process.argv.includes("--demo")) console.log(await ensureDemo(server.context, address));
console.log(`Collaboration Tree is ready on ${address}`);

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
