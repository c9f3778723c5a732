import { z } from "zod";
import type { Exporter } from "../exporting/exporter.ts";
import { createWorkThread } from "./workThread.ts";

/** The exporter of the HTTP server on a thread: what takes long for a large board must hold up nobody's cursor. */
export function createThreadedExporter(): Exporter {
  const thread = createWorkThread("exportingThread", "whileThereIsWork");
  return {
    json: async (question) => z.string().parse(await thread.call("json", [question])),
    svg: async (question) => z.string().parse(await thread.call("svg", [question])),
    // The other side has checked every entry; what it gives is plain data.
    read: async (file) => (await thread.call("read", [file])) as Awaited<ReturnType<Exporter["read"]>>,
    close: thread.close,
  };
}
