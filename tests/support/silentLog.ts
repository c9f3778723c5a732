import pino from "pino";
import type { Log } from "../../server/log.ts";

/** A log that nobody reads. */
export function createSilentLog(): Log {
  return pino({ level: "silent" });
}
