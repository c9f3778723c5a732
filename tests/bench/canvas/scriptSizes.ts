import { brotliCompressSync, gzipSync } from "node:zlib";

/** Bytes of scripts as they would travel, compressed by the same hand for every product. */
export type ScriptSizes = { readonly gzip: number; readonly brotli: number };

/** Weighs scripts by their addresses; each address once. */
export function createScriptScale(): (urls: readonly string[]) => Promise<ScriptSizes> {
  const known = new Map<string, ScriptSizes>();
  async function sizeOf(url: string): Promise<ScriptSizes> {
    const found = known.get(url);
    if (found !== undefined) return found;
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answers ${response.status}`);
    const bytes = Buffer.from(await response.arrayBuffer());
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
