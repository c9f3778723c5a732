import { Worker } from "node:worker_threads";

export type ThreadName = "storeThread" | "compactorThread" | "exportingThread";

/**
 * Starts a thread of this program: built, its file lies beside the main one; from source, a loader has to come first.
 */
export function startThread(name: ThreadName, workerData: unknown): Worker {
  if (!import.meta.url.endsWith(".ts")) {
    return new Worker(new URL(`./${name}.js`, import.meta.url), { workerData });
  }
  const source = JSON.stringify(new URL(`./${name}.ts`, import.meta.url).href);
  const load = `import("tsx/esm/api").then(({ tsImport }) => tsImport(${source}, ${source}))`;
  return new Worker(load, { eval: true, workerData });
}
