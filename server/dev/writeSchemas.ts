import { writeFileSync } from "node:fs";
import { exportJsonSchemaText } from "../../shared/export/jsonSchema.ts";

/* Run after a change of the export's zod schema: `npx tsx server/dev/writeSchemas.ts`. */
writeFileSync(new URL("../../shared/export/schemas/export-1.json", import.meta.url), exportJsonSchemaText());
