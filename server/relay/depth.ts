/** Walks with a list of its own, not with the stack that a deep value would overflow. */
export function isDeeperThan(value: unknown, depth: number): boolean {
  let level: unknown[] = [value];
  for (let current = 0; level.length > 0; current += 1) {
    if (current > depth) return true;
    const next: unknown[] = [];
    for (const entry of level) {
      if (typeof entry !== "object" || entry === null || ArrayBuffer.isView(entry)) continue;
      for (const child of Object.values(entry)) {
        if (typeof child === "object" && child !== null) next.push(child);
      }
    }
    level = next;
  }
  return false;
}
