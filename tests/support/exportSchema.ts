import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formatsPlugin from "ajv-formats";
import { exportJsonSchema } from "../../shared/export/jsonSchema.ts";

const validateCurrent = compileSchema(exportJsonSchema());

/** Complaints of an independent JSON Schema validator; empty when the value is a valid export. */
export function schemaComplaints(value: unknown): readonly string[] {
  return complaintsOf(validateCurrent, value);
}

/** The same for a file of an earlier version and the schema that was published with it. */
export function complaintsOfVersion(schema: object, value: unknown): readonly string[] {
  return complaintsOf(compileSchema(schema), value);
}

function complaintsOf(validate: ValidateFunction, value: unknown): readonly string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** Strict: an unknown keyword or format in our own schema is an error. */
function compileSchema(schema: object): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true });
  formatsPlugin.default(ajv);
  return ajv.compile(schema);
}
