import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { type Result, refuse, succeed } from "../../shared/result.ts";

/*
 * Disks that really fail. Most of it only the superuser of a Linux machine may do; elsewhere a test says why it skips.
 */

export type Fault = { readonly begin: () => void; readonly end: () => void };

export type FaultyDisk = Fault & {
  /** An empty folder on it. */
  readonly path: string;
  readonly remove: () => void;
};

/** What this machine does not let us do, for whoever reads why a test was skipped. */
export type NoDisk = string;

/** A disk of its own, in memory, that is full from `begin` to `end`. */
export function mountSmallDisk(megabytes: number): Result<FaultyDisk, NoDisk> {
  const path = mkdtempSync(join(tmpdir(), "collaboration-tree-full-"));
  const mounted = attempt("mount", "-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path);
  if (!mounted.ok) {
    rmSync(path, { recursive: true });
    return mounted;
  }
  const ballast = join(path, "ballast");
  return succeed({
    path,
    begin: () => fill(ballast),
    end: () => rmSync(ballast, { force: true }),
    remove() {
      attempt("umount", path);
      rmSync(path, { recursive: true, force: true });
    },
  });
}

/** A file system in a file, that lets nobody write from `begin` to `end`: whoever tries waits, as on a hung disk. */
export function mountHangingDisk(megabytes: number): Result<FaultyDisk, NoDisk> {
  const folder = mkdtempSync(join(tmpdir(), "collaboration-tree-hung-"));
  const [image, path] = [join(folder, "image"), join(folder, "disk")];
  const steps = [
    ["truncate", "-s", `${megabytes}M`, image],
    ["mkfs.ext4", "-q", image],
    ["mkdir", path],
    ["mount", "-o", "loop", image, path],
  ] as const;
  for (const [program, ...parameters] of steps) {
    const done = attempt(program, ...parameters);
    if (done.ok) continue;
    rmSync(folder, { recursive: true, force: true });
    return done;
  }
  let isFrozen = false;
  const end = () => {
    if (isFrozen) attempt("fsfreeze", "--unfreeze", path);
    isFrozen = false;
  };
  return succeed({
    path,
    begin() {
      execFileSync("fsfreeze", ["--freeze", path]);
      isFrozen = true;
    },
    end,
    remove() {
      end();
      attempt("umount", path);
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

/** From `begin` to `end` nothing in these files changes, also for those who have them open already. */
export function writeProtect(files: readonly string[]): Fault {
  const set = (flag: "+i" | "-i") => execFileSync("chattr", [flag, ...files]);
  return { begin: () => set("+i"), end: () => set("-i") };
}

/** Whether the disk of this folder has files that nobody may change. */
export function tryWriteProtection(folder: string): Result<void, NoDisk> {
  const file = join(folder, "protected");
  const descriptor = openSync(file, "w");
  try {
    const set = attempt("chattr", "+i", file);
    if (!set.ok) return set;
    // Some file systems take the flag and write all the same.
    writeSync(descriptor, "x");
    return refuse("write protection means nothing on this file system");
  } catch {
    return succeed(undefined);
  } finally {
    closeSync(descriptor);
    attempt("chattr", "-i", file);
    rmSync(file, { force: true });
  }
}

/** From `begin` to `end` this connection may write to the database, and so nobody else may. */
export function holdDatabase(file: string): Fault {
  let holder: Database.Database | null = null;
  return {
    begin() {
      holder = new Database(file, { timeout: 2_000 });
      holder.exec("BEGIN IMMEDIATE");
    },
    end() {
      if (holder?.inTransaction === true) holder.exec("ROLLBACK");
      holder?.close();
      holder = null;
    },
  };
}

function attempt(program: string, ...parameters: readonly string[]): Result<void, NoDisk> {
  try {
    execFileSync(program, parameters, { stdio: "pipe" });
    return succeed(undefined);
  } catch (error) {
    return refuse(error instanceof Error ? (error.message.split("\n").at(1) ?? error.message) : program);
  }
}

/** To the last byte. */
function fill(file: string): void {
  const descriptor = openSync(file, "w");
  try {
    for (const size of [65_536, 4_096, 1]) {
      const block = Buffer.alloc(size);
      for (let isFull = false; !isFull; ) isFull = !fits(descriptor, block);
    }
  } finally {
    closeSync(descriptor);
  }
}

function fits(descriptor: number, block: Buffer): boolean {
  try {
    return writeSync(descriptor, block) === block.length;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOSPC") return false;
    throw error;
  }
}
