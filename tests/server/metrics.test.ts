import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openRawClient } from "../support/rawClient.ts";
import {
  createDataDir,
  createTestWorkshop,
  firstGroup,
  startTestServer,
  until,
} from "../support/relayServer.ts";
import { metricOf, readServerMetrics, sumOf } from "../support/serverMetrics.ts";

const documentation = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");

/** Without labels, and without what a histogram adds. */
const nameOf = (key: string) => key.replace(/\{.*/, "").replace(/_(bucket|sum|count)$/, "");

test("[R45] metrics tell what happens here, and every one is explained in docs/operations.md", async ({
  onTestFinished,
}) => {
  const dataDir = createDataDir();
  onTestFinished(dataDir.remove);
  const server = await startTestServer({ dataDir: dataDir.path });
  onTestFinished(server.stop);
  const { boardId, keys } = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const address = { socketUrl: server.socketUrl, boardId };
  const alice = openRawClient({ ...address, key: keys.contribute });
  const bob = openRawClient({ ...address, key: keys.view });
  const chen = openRawClient({ ...address, key: keys.contribute });
  await until(() => [alice, chen].every((one) => one.isSaved()) && bob.isSynced(), "all are in");

  alice.doc.getMap("words").set("respect", 1);
  bob.doc.getMap("words").set("trust", 1);
  chen.socket.send("text");
  await until(() => alice.isSaved() && bob.doc.getMap("words").has("respect"), "it is saved");
  await until(
    () => bob.told.some(({ kind }) => kind === "refused") && chen.closeCode() !== null,
    "both are told",
  );
  const metrics = await readServerMetrics(server.url);

  expect(metricOf(metrics, "rooms")).toBe(1);
  expect(metricOf(metrics, "rooms_awake")).toBe(1);
  expect(metricOf(metrics, "members")).toBe(2);
  expect(metricOf(metrics, "unsaved_updates")).toBe(0);
  expect(metricOf(metrics, "store_failing")).toBe(0);
  expect(metricOf(metrics, 'refusals_total{reason="viewLink"}')).toBe(1);
  expect(metricOf(metrics, 'refusals_total{reason="textFrame"}')).toBe(1);
  expect(metricOf(metrics, "committed_updates_total")).toBe(1);
  expect(metricOf(metrics, "commit_failures_total")).toBe(0);
  expect(metricOf(metrics, "commit_seconds_count")).toBe(1);
  expect(metricOf(metrics, "tick_seconds_count")).toBe(1);
  expect(sumOf(metrics, "frames_total")).toBeGreaterThan(8);
  expect(sumOf(metrics, "frame_bytes_total")).toBeGreaterThan(100);
  expect(metricOf(metrics, "nodejs_eventloop_lag_p99_seconds")).toBeGreaterThanOrEqual(0);
  const own = new Set([...metrics.keys()].map(nameOf).filter((name) => !/^(nodejs|process)_/.test(name)));
  const explained = [...documentation.matchAll(/^\| `([a-z_]+)`/gm)].map(([, name]) => name);
  expect([...own].sort()).toEqual(explained.sort());
});
