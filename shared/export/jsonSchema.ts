import { z } from "zod";
import { boardExportSchema, exportSchemaId } from "./boardExport.ts";

/** The export's shape as JSON Schema 2020-12: what the server publishes and `schemas/export-1.json` keeps. */
export function exportJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(boardExportSchema, { target: "draft-2020-12" });
  return {
    $schema,
    $id: exportSchemaId,
    title: "Collaboration Tree: export of a board, version 1",
    ...schema,
  };
}

/** The bytes of the published file. */
export function exportJsonSchemaText(): string {
  return `${JSON.stringify(exportJsonSchema(), null, 2)}\n`;
}
