import { get } from "node:http";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** Bytes of scripts as they would travel, compressed by the same hand for every product. */
export type ScriptSizes = { readonly gzip: number; readonly brotli: number };

/** Weighs scripts by their addresses; each address once. */
export function createScriptScale(): (urls: readonly string[]) => Promise<ScriptSizes> {
  const known = new Map<string, ScriptSizes>();
  async function sizeOf(url: string): Promise<ScriptSizes> {
    const found = known.get(url);
    if (found !== undefined) return found;
    const bytes = await bytesOf(url);
    const sizes = { gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
    known.set(url, sizes);
    return sizes;
  }
  return async (urls) => {
    const total = { gzip: 0, brotli: 0 };
    for (const url of urls) {
      const { gzip, brotli } = await sizeOf(url);
      total.gzip += gzip;
      total.brotli += brotli;
    }
    return total;
  };
}

/** On a connection of its own: one that was kept may close in the very moment in which it is used again. */
function bytesOf(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks));
        else reject(new Error(`${url} answers ${response.statusCode}`));
      });
    });
    request.on("error", reject);
  });
}
