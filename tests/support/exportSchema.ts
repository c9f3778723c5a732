import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formatsPlugin from "ajv-formats";
import { exportJsonSchema } from "../../shared/export/jsonSchema.ts";

const validate = compileExportSchema();

/** Complaints of an independent JSON Schema validator; empty when the value is a valid export. */
export function schemaComplaints(value: unknown): readonly string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** Strict: an unknown keyword or format in our own schema is an error. */
function compileExportSchema(): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true });
  formatsPlugin.default(ajv);
  return ajv.compile(exportJsonSchema());
}
