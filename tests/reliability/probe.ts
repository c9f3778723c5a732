import type { WorkshopCreated } from "../../shared/workshop/api.ts";
import { openRawClient, type RawClient } from "../support/rawClient.ts";
import { until } from "../support/relayServer.ts";

/** Two honest people on one board: how long a change of the one takes to reach the other, again and again. */
export type Probe = {
  /** Milliseconds of every change that arrived since the last time this was asked. */
  readonly takeWaits: () => readonly number[];
  /** Both are still in, and nothing is on its way. */
  readonly isWhole: () => boolean;
  readonly reader: RawClient;
  readonly stop: () => void;
};

const everyMs = 100;

export async function openProbe(
  socketUrl: string,
  { boardId, keys }: WorkshopCreated["groups"][number],
): Promise<Probe> {
  const join = () => openRawClient({ socketUrl, boardId, key: keys.contribute });
  const [writer, reader] = [join(), join()];
  await until(() => [writer, reader].every((client) => client.isSynced() && client.isSaved()), "both are in");
  const sentAt: number[] = [];
  let arrived = 0;
  let waits: number[] = [];
  const seen = reader.doc.getMap<number>("probe");
  seen.observe(() => {
    const latest = seen.get("count") ?? 0;
    const now = performance.now();
    // What was merged on the way arrived at the same moment.
    for (; arrived < latest; arrived += 1) waits.push(now - (sentAt[arrived] ?? now));
  });
  const sending = setInterval(() => {
    sentAt.push(performance.now());
    writer.doc.getMap<number>("probe").set("count", sentAt.length);
  }, everyMs);
  return {
    reader,
    takeWaits() {
      const taken = waits;
      waits = [];
      return taken;
    },
    isWhole: () =>
      writer.isSaved() &&
      arrived === sentAt.length &&
      writer.closeCode() === null &&
      reader.closeCode() === null,
    stop: () => clearInterval(sending),
  };
}
