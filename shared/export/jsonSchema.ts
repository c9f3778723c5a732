import { z } from "zod";
import { boardExportSchema, exportSchemaId } from "./boardExport.ts";

/** The export's shape as JSON Schema 2020-12: what the server publishes and `schemas/export-1.json` keeps. */
export function exportJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(boardExportSchema, {
    target: "draft-2020-12",
    override: ({ jsonSchema }) => describeAsWhole(jsonSchema),
  });
  return {
    $schema,
    $id: exportSchemaId,
    title: "Collaboration Tree: export of a board, version 1",
    ...schema,
  };
}

/** What may also be null says what it is itself, where readers of schemas look, and not within. */
function describeAsWhole(schema: z.core.JSONSchema.BaseSchema): void {
  const [member, nothing] = schema.anyOf ?? [];
  if (typeof member !== "object" || nothing?.type !== "null") return;
  const { description, examples, ...rest } = member;
  if (description === undefined) return;
  const { anyOf: _, ...own } = schema;
  for (const key of Object.keys(schema)) Reflect.deleteProperty(schema, key);
  Object.assign(schema, { description, ...(examples === undefined ? {} : { examples }) }, own, {
    anyOf: [rest, nothing],
  });
}

/** The bytes of the published file. */
export function exportJsonSchemaText(): string {
  return `${JSON.stringify(exportJsonSchema(), null, 2)}\n`;
}
