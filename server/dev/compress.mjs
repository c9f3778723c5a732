import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { projectFolder } from "./install.mjs";

/** Compressed copies beside the built files: made once with patience, served as they are. */
const folder = join(projectFolder, "dist/client");
for (const name of readdirSync(folder, { recursive: true })) {
  const file = join(folder, String(name));
  if (!statSync(file).isFile() || !/\.(js|css|svg|html|json)$/.test(file)) continue;
  const bytes = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
}
