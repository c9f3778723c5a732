import { z } from "zod";
import { boardSchema, dialectSchema } from "./dialects.ts";

/* What the process that measures and the one that is the load tell each other. */

export const loadSetupSchema = z.object({
  port: z.number(),
  dialect: dialectSchema,
  boards: z.array(boardSchema).min(1),
  clients: z.number(),
  seconds: z.number(),
  /** Before measuring: a server compiles what it does often during its first seconds. */
  warmUpSeconds: z.number(),
  /** Goes on at the end until the server is killed, and then tells what was saved. */
  endsWithKill: z.boolean(),
});
export type LoadSetup = z.infer<typeof loadSetupSchema>;

const loadReportSchema = z.object({
  kind: z.literal("report"),
  editP50: z.number().nullable(),
  editP99: z.number().nullable(),
  cursorP50: z.number().nullable(),
  /** How often a second somebody sees each of the others move. */
  cursorsPerSecond: z.number(),
  savedP50: z.number().nullable(),
  savedP95: z.number().nullable(),
  lateP99: z.number().nullable(),
  editsRead: z.number(),
  editsMade: z.number(),
  /** Edits that a reader did not get, summed over readers. */
  missedByReaders: z.number(),
  /** Edits that a newcomer did not get at the end, summed over boards. */
  missedByNewcomers: z.number(),
  closed: z.number(),
  megabytesPerSecond: z.number(),
  /** Per board, what the server called saved before it was killed. */
  saved: z.record(z.string(), z.array(z.string())),
});
export type LoadReport = z.infer<typeof loadReportSchema>;

export const loadMessageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("measuring") }),
  z.object({ kind: z.literal("measured") }),
  z.object({ kind: z.literal("readyForKill") }),
  loadReportSchema,
]);
export type LoadMessage = z.infer<typeof loadMessageSchema>;
