import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { exportJsonSchema, exportJsonSchemaText } from "../../../shared/export/jsonSchema.ts";

test("[E2] the JSON Schema in the repository is the one that the zod schema gives", () => {
  const file = new URL("../../../shared/export/schemas/export-1.json", import.meta.url);

  expect(readFileSync(file, "utf8")).toBe(exportJsonSchemaText());
});

test("[E2] it says which dialect it is written in and what it is called", () => {
  const schema = exportJsonSchema();

  expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
  expect(schema.$id).toBe("urn:collaboration-tree:schema:export-1");
});

test("[E2] every property is described and required, every object is closed", () => {
  const complaints: string[] = [];
  let properties = 0;
  visit(exportJsonSchema(), "", (node, path) => {
    if (!isRecord(node.properties)) return;
    if (node.additionalProperties !== false) complaints.push(`${path} is open`);
    const required = Array.isArray(node.required) ? node.required : [];
    for (const [key, property] of Object.entries(node.properties)) {
      properties += 1;
      if (!isDescribed(property)) complaints.push(`${path}/${key} is not described`);
      if (!required.includes(key)) complaints.push(`${path}/${key} may be absent`);
    }
  });

  expect(complaints).toEqual([]);
  expect(properties).toBeGreaterThan(90);
});

function isDescribed(property: unknown): boolean {
  return isRecord(property) && typeof property.description === "string" && property.description !== "";
}

function visit(
  node: unknown,
  path: string,
  look: (node: Record<string, unknown>, path: string) => void,
): void {
  if (Array.isArray(node)) {
    for (const [index, member] of node.entries()) visit(member, `${path}/${index}`, look);
  } else if (isRecord(node)) {
    look(node, path);
    for (const [key, member] of Object.entries(node)) visit(member, `${path}/${key}`, look);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
