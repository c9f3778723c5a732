import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, join, resolve } from "node:path";
import Database from "better-sqlite3";
import { assertNever, type Result, refuse, succeed } from "../shared/result.ts";

/*
 * A copy of everything while the server runs: the database at one moment, by SQLite itself over a connection of its
 * own that holds up nobody who writes, and the secret that all links are derived from. What already stands in the
 * folder is never touched, and a copy that failed leaves nothing.
 */

export type BackupOptions = {
  readonly databaseFile: string;
  /** Null when the links are derived from SERVER_SECRET: an old file, if there is one, says nothing then. */
  readonly secretFile: string | null;
  readonly folder: string;
};

export type BackupDone = {
  readonly folder: string;
  readonly boards: number;
  readonly bytes: number;
  /** False when the links are derived from SERVER_SECRET, which is in no file. */
  readonly hasSecret: boolean;
};

export type BackupError =
  | { readonly kind: "noFolderGiven" }
  | { readonly kind: "noDatabase"; readonly file: string }
  | { readonly kind: "alreadyThere"; readonly file: string }
  | { readonly kind: "notWritable"; readonly folder: string }
  | { readonly kind: "diskFull"; readonly folder: string }
  | { readonly kind: "damaged"; readonly file: string };

export function backUp({ databaseFile, secretFile, folder }: BackupOptions): Result<BackupDone, BackupError> {
  if (folder === "") return refuse({ kind: "noFolderGiven" });
  const target = resolve(folder);
  const databaseCopy = join(target, basename(databaseFile));
  const secretCopy = join(target, "secret");
  if (!existsSync(databaseFile)) return refuse({ kind: "noDatabase", file: databaseFile });
  const taken = [databaseCopy, secretCopy].find((file) => existsSync(file));
  if (taken !== undefined) return refuse({ kind: "alreadyThere", file: taken });
  const hasSecret = secretFile !== null && existsSync(secretFile);
  const unfinished = [databaseCopy, secretCopy].map((file) => `${file}.unfinished`);
  const [databaseDraft = "", secretDraft = ""] = unfinished;
  try {
    mkdirSync(target, { recursive: true, mode: 0o700 });
    clear();
    make(databaseDraft);
    copyDatabase(databaseFile, databaseDraft);
    const boards = countBoards(databaseDraft);
    if (boards === null) {
      clear();
      return refuse({ kind: "damaged", file: databaseFile });
    }
    if (hasSecret) {
      make(secretDraft);
      copyFileSync(secretFile, secretDraft);
      finish(secretDraft, secretCopy);
    }
    // Last: where a database stands under its own name, the copy is whole.
    finish(databaseDraft, databaseCopy);
    toDisk(target);
    return succeed({ folder: target, boards, bytes: statSync(databaseCopy).size, hasSecret });
  } catch (error) {
    clear();
    const known = knownError(error);
    if (known === null) throw error;
    return refuse(known);
  }

  /** For its owner only, before there is anything in it. */
  function make(file: string): void {
    closeSync(openSync(file, "wx", 0o600));
  }

  function finish(draft: string, file: string): void {
    toDisk(draft);
    renameSync(draft, file);
  }

  /** Also what a copy that was broken off left behind. */
  function clear(): void {
    for (const file of [...unfinished, `${databaseDraft}-journal`]) if (existsSync(file)) rmSync(file);
  }

  function knownError(error: unknown): BackupError | null {
    switch (error instanceof Error && "code" in error ? error.code : null) {
      case "ENOSPC":
      case "SQLITE_FULL":
        return { kind: "diskFull", folder: target };
      case "EACCES":
      case "EPERM":
      case "EROFS":
      case "EEXIST":
      case "ENOTDIR":
      case "ENOENT":
      case "SQLITE_READONLY":
      case "SQLITE_CANTOPEN":
        return { kind: "notWritable", folder: target };
      case "SQLITE_CORRUPT":
      case "SQLITE_NOTADB":
        return { kind: "damaged", file: databaseFile };
      default:
        return null;
    }
  }
}

function copyDatabase(from: string, to: string): void {
  const database = new Database(from, { readonly: true, fileMustExist: true });
  try {
    database.prepare("VACUUM INTO ?").run(to);
  } finally {
    database.close();
  }
}

/** Reads all of the copy; null when it is not whole. */
function countBoards(file: string): number | null {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    if (database.pragma("integrity_check", { simple: true }) !== "ok") return null;
    return Number(database.prepare("select count(*) from groups").pluck().get());
  } finally {
    database.close();
  }
}

function toDisk(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** What the host reads, in one sentence. */
export function backupSentence(backup: Result<BackupDone, BackupError>): string {
  if (backup.ok) {
    const { folder, boards, bytes, hasSecret } = backup.value;
    const size = `${(bytes / 1_000_000).toFixed(1)} MB`;
    const what = `${boards} ${boards === 1 ? "board" : "boards"} (${size}, checked)`;
    return hasSecret
      ? `Copied ${what} and the secret of their links to ${folder}.`
      : `Copied ${what} to ${folder}, without the secret of their links: keep SERVER_SECRET as well, or all links change.`;
  }
  const { error } = backup;
  switch (error.kind) {
    case "noFolderGiven":
      return "Nothing copied: say where to, as in npm run backup -- /backup/today.";
    case "noDatabase":
      return `Nothing copied: there is no database ${error.file} that this user can see; see DATA_DIR.`;
    case "alreadyThere":
      return `Nothing copied: ${error.file} is there already; choose a new folder.`;
    case "notWritable":
      return `Nothing copied: this user cannot make files in ${error.folder}, or cannot read the database.`;
    case "diskFull":
      return `Nothing copied: the disk of ${error.folder} is full.`;
    case "damaged":
      return `Nothing copied: the database ${error.file} is damaged; keep the last good copy.`;
    default:
      return assertNever(error);
  }
}
