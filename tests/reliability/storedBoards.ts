import { statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import * as Y from "yjs";
import { z } from "zod";

/** One board as it lies in the file: what is read when it is opened. */
export type StoredSizes = {
  readonly boardId: string;
  readonly logBytes: number;
  readonly snapshotBytes: number;
};

const sizesSchema = z.array(
  z.object({ boardId: z.string(), logBytes: z.number(), snapshotBytes: z.number() }),
);
const blobSchema = z.object({ bytes: z.instanceof(Uint8Array) });

/** Of every board that has a change, also while the server runs. */
export function readStoredSizes(dataDir: string): StoredSizes[] {
  const database = openFile(dataDir);
  try {
    return sizesSchema.parse(
      database
        .prepare(
          `select board_id as boardId, sum(log) as logBytes, sum(snapshot) as snapshotBytes from (
             select board_id, length(bytes) as log, 0 as snapshot from updates
             union all
             select board_id, 0 as log, length(bytes) as snapshot from snapshots
           ) group by board_id`,
        )
        .all(),
    );
  } finally {
    database.close();
  }
}

/** Milliseconds to encode the largest snapshot again, the best of five. */
export function encodeTimeOfLargest(dataDir: string): number {
  const database = openFile(dataDir);
  const row = database.prepare("select bytes from snapshots order by length(bytes) desc limit 1").get();
  database.close();
  const doc = new Y.Doc();
  Y.applyUpdate(doc, blobSchema.parse(row).bytes);
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    Y.encodeStateAsUpdate(doc);
    return performance.now() - start;
  });
  return Math.min(...times);
}

export function fileBytes(dataDir: string): number {
  return statSync(fileOf(dataDir)).size;
}

function openFile(dataDir: string): Database.Database {
  return new Database(fileOf(dataDir), { readonly: true });
}

function fileOf(dataDir: string): string {
  return join(dataDir, "collaboration-tree.sqlite");
}
