import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/*
 * What a host watches, in Prometheus' words. Nothing here names a board, a person or an address: labels are reasons
 * out of a fixed list.
 */

export type Metrics = {
  readonly frameReceived: (bytes: number) => void;
  readonly frameSent: (bytes: number) => void;
  readonly refused: (reason: string) => void;
  /** Seconds that one commit took, with the changes in it. */
  readonly committed: (seconds: number, updates: number) => void;
  readonly commitFailed: () => void;
  /** Seconds that making a board's log into a snapshot took, on whichever thread, with writing it. */
  readonly compacted: (seconds: number) => void;
  readonly compactionFailed: () => void;
  /** Seconds that handing one tick to everybody of a board took. */
  readonly ticked: (seconds: number) => void;
  /** The whole, as text in the exposition format. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
};

export type WatchedNow = {
  readonly rooms: number;
  /** Of those, how many are documents now; the others are bytes. */
  readonly awake: number;
  readonly members: number;
  /** Changes that are not on disk yet. */
  readonly unsaved: number;
  readonly isStoreFailing: boolean;
};

const prefix = "collaboration_tree_";
const shortTimes = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

const longTimes = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** `now` is asked at every scrape. */
export function createMetrics(now: () => WatchedNow): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix });
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `${prefix}${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge("rooms", "Boards in memory.", () => now().rooms);
  gauge(
    "rooms_awake",
    "Boards in memory that are documents, because somebody changed them just now.",
    () => now().awake,
  );
  gauge("members", "Open connections.", () => now().members);
  gauge("unsaved_updates", "Changes that are not on disk yet.", () => now().unsaved);
  gauge("store_failing", "Whether the store is failing now.", () => (now().isStoreFailing ? 1 : 0));
  const refusals = new Counter({
    name: `${prefix}refusals_total`,
    help: "What the relay refused, by reason.",
    labelNames: ["reason"],
    registers,
  });
  // Counted in plain numbers tens of thousands of times a second, and read when somebody looks.
  const traffic = { framesIn: 0, framesOut: 0, bytesIn: 0, bytesOut: 0 };
  const byDirection = (name: string, help: string, read: () => { in: number; out: number }) =>
    new Counter({
      name: `${prefix}${name}`,
      help,
      labelNames: ["direction"],
      registers,
      collect() {
        this.reset();
        const counts = read();
        this.labels("in").inc(counts.in);
        this.labels("out").inc(counts.out);
      },
    });
  byDirection("frames_total", "Websocket messages, by direction.", () => ({
    in: traffic.framesIn,
    out: traffic.framesOut,
  }));
  byDirection("frame_bytes_total", "Bytes of websocket messages, by direction.", () => ({
    in: traffic.bytesIn,
    out: traffic.bytesOut,
  }));
  const commits = new Histogram({
    name: `${prefix}commit_seconds`,
    help: "How long a group commit takes.",
    buckets: shortTimes,
    registers,
  });
  const updates = new Counter({
    name: `${prefix}committed_updates_total`,
    help: "Changes on disk.",
    registers,
  });
  const failures = new Counter({
    name: `${prefix}commit_failures_total`,
    help: "Commits that failed and were tried again.",
    registers,
  });
  const compactions = new Histogram({
    name: `${prefix}compaction_seconds`,
    help: "How long making the log of a board into a snapshot takes.",
    buckets: longTimes,
    registers,
  });
  const failedCompactions = new Counter({
    name: `${prefix}compaction_failures_total`,
    help: "Snapshots that could not be made; the log has everything.",
    registers,
  });
  const ticks = new Histogram({
    name: `${prefix}tick_seconds`,
    help: "How long handing one tick to everybody of a board takes.",
    buckets: shortTimes,
    registers,
  });

  return {
    frameReceived(length) {
      traffic.framesIn += 1;
      traffic.bytesIn += length;
    },
    frameSent(length) {
      traffic.framesOut += 1;
      traffic.bytesOut += length;
    },
    refused: (reason) => refusals.labels(reason).inc(),
    committed(seconds, count) {
      commits.observe(seconds);
      updates.inc(count);
    },
    commitFailed: () => failures.inc(),
    compacted: (seconds) => compactions.observe(seconds),
    compactionFailed: () => failedCompactions.inc(),
    ticked: (seconds) => ticks.observe(seconds),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
