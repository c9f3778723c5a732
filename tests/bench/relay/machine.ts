import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/* What Linux tells about processes and cores. */

const ticksPerSecond = 100;

/** Seconds of processor time that a process has used, all threads together. */
export function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

export function rssMegabytesOf(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  if (line === undefined) throw new Error("no memory figure");
  return Number(line) / 1024;
}

/** Seconds that a core was busy, for whomever. */
export function busySecondsOf(core: number): number {
  const line = new RegExp(`^cpu${core} (.*)$`, "m").exec(readFileSync("/proc/stat", "utf8"))?.[1] ?? "";
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(" ").map(Number);
  return (user + nice + system + irq + softirq + steal) / ticksPerSecond;
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const quietShare = 0.04;
const quietMs = 1_000;

/** Resolves when a process has done next to nothing for two seconds, or when it took too long. */
export async function untilQuiet(pid: number, patienceMs: number): Promise<void> {
  const start = performance.now();
  let quiet = 0;
  while (quiet < 2 && performance.now() - start < patienceMs) {
    const before = cpuSecondsOf(pid);
    await pause(quietMs);
    quiet = cpuSecondsOf(pid) - before <= (quietShare * quietMs) / 1000 ? quiet + 1 : 0;
  }
}

export function describeMachine(): string {
  const all = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${all.length} cores of ${all[0]?.model.trim() ?? "a processor"}, ${memory} GB, Node ${process.versions.node}`;
}
