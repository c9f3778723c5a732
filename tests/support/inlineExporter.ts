import { randomBytes } from "node:crypto";
import type { Exporter } from "../../server/exporting/exporter.ts";
import { jsonOf, readUpload, svgOf } from "../../server/exporting/exportWork.ts";

/** Writes and reads exports where it is asked, without a thread. */
export function createInlineExporter(): Exporter {
  return {
    json: async (question) => jsonOf(question),
    svg: svgOf,
    read: async (file) => readUpload(file, { randomBytes }),
    close: async () => undefined,
  };
}
