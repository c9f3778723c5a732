import { expect, test } from "vitest";
import { createManualClock } from "../support/manualClock.ts";
import { createDataDir, postJson, startTestServer } from "../support/relayServer.ts";

test("[J8] a clock that is set back an hour refuses nobody for that hour", async () => {
  const dataDir = createDataDir();
  const clock = createManualClock();
  let setBackMs = 0;
  const server = await startTestServer({
    dataDir: dataDir.path,
    clock: { ...clock, now: () => clock.now() - setBackMs },
    environment: { LIMIT_BOARDS_BURST: "1", LIMIT_BOARDS_PER_MINUTE: "60" },
  });
  const make = async () => {
    const groups = [{ name: "Groep 1", focus: "individual" }];
    return (await postJson(`${server.url}/api/workshops`, { title: "Doorn", groups })).status;
  };

  const before = [await make(), await make()];
  setBackMs = 3_600_000;
  await clock.advance(1_000);
  const after = [await make(), await make()];

  expect([before, after]).toEqual([
    [201, 429],
    [201, 429],
  ]);
  await server.stop();
  dataDir.remove();
});
