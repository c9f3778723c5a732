import pino from "pino";
import type { LogLevel } from "./settings.ts";

export type Log = pino.Logger;

/** Structured lines on standard output. Never the text of a note, a name or a key: those are not handed to it. */
export function createLog(level: LogLevel): Log {
  return pino({
    level,
    base: null,
    // A belt besides: what someone hands over by mistake.
    redact: {
      paths: ["*.key", "*.keys", "*.secret", "*.token", "*.authorization", "*.headers", "req", "res"],
      remove: true,
    },
  });
}
