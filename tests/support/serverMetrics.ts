/** What `/metrics` says, by name with its labels as they are written there, without the prefix of this product. */
export type ServerMetrics = ReadonlyMap<string, number>;

const prefix = "collaboration_tree_";

/** On a connection of its own that is closed at once, so that asking does not count as something left open. */
export async function readServerMetrics(url: string): Promise<ServerMetrics> {
  const response = await fetch(`${url}/metrics`, { headers: { connection: "close" } });
  const metrics = new Map<string, number>();
  for (const line of (await response.text()).split("\n")) {
    if (!line.startsWith(prefix)) continue;
    const end = line.lastIndexOf(" ");
    metrics.set(line.slice(prefix.length, end), Number(line.slice(end + 1)));
  }
  return metrics;
}

export function metricOf(metrics: ServerMetrics, name: string): number {
  const value = metrics.get(name);
  if (value === undefined) throw new Error(`the server has no metric ${name}`);
  return value;
}

/** The sum of one metric over all its labels; 0 when nothing was counted yet. */
export function sumOf(metrics: ServerMetrics, name: string): number {
  let sum = 0;
  for (const [key, value] of metrics) if (key === name || key.startsWith(`${name}{`)) sum += value;
  return sum;
}
