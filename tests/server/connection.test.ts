import { once } from "node:events";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { createConnection } from "../../server/relay/connection.ts";
import type { Room } from "../../server/relay/room.ts";
import type { WireEvents } from "../../server/relay/wire.ts";
import { boardIdSchema } from "../../shared/board/ids.ts";
import { syncUpdate } from "../../shared/protocol/messages.ts";
import { createManualClock } from "../support/manualClock.ts";
import { syncFrame } from "../support/rawClient.ts";
import {
  createDataDir,
  createTestWorkshop,
  firstGroup,
  startTestServer,
  testSettings,
} from "../support/relayServer.ts";
import { createSilentLog } from "../support/silentLog.ts";
import { upgradeStatus } from "../support/upgradeStatus.ts";

test("[R9] what stands behind a bad frame in the same message is not taken", () => {
  let events: WireEvents | null = null;
  let updatesTaken = 0;
  const room: Room = {
    boardId: boardIdSchema.parse("boardoftests0000"),
    members: new Set(),
    join: () => undefined,
    leave: () => undefined,
    ask: () => undefined,
    answer: () => undefined,
    has: () => false,
    takeUpdate() {
      updatesTaken += 1;
      return "bad";
    },
    hearPresence: () => undefined,
    tellPresence: () => undefined,
    whole: () => new Uint8Array(),
    isAwake: () => false,
    logSinceSnapshot: () => ({ updates: 0, bytes: 0 }),
    noteSnapshot: () => undefined,
    close: () => undefined,
  };
  createConnection({
    wire: {
      listen(heard) {
        events = heard;
      },
      send: () => undefined,
      bufferedBytes: () => 0,
      ping: () => undefined,
      close: () => undefined,
      cut: () => undefined,
    },
    room,
    role: "contribute",
    participant: null,
    isOurs: true,
    isLocked: () => false,
    limits: testSettings("/tmp").limits,
    log: createSilentLog(),
    metrics: { frameReceived: () => undefined, frameSent: () => undefined, refused: () => undefined },
    clock: createManualClock(),
    onEnd: () => undefined,
  });
  const doc = new Y.Doc();
  doc.getMap("notes").set("hello", new Y.Map());
  const frame = syncFrame(syncUpdate, Y.encodeStateAsUpdate(doc));

  (events as WireEvents | null)?.onMessage(new Uint8Array(Buffer.concat([frame, frame, frame])));

  expect(updatesTaken).toBe(1);
});

test("[R24] the addresses of one /64 of IPv6 share the connections of one", async ({ onTestFinished }) => {
  const dataDir = createDataDir();
  const server = await startTestServer({
    dataDir: dataDir.path,
    environment: { LIMIT_CONNECTIONS_PER_ADDRESS: "1" },
  });
  onTestFinished(async () => {
    await server.stop();
    dataDir.remove();
  });
  const { boardId, keys } = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const offered = ["y-websocket", `key.${keys.contribute}`];
  const stay = new WebSocket(`${server.socketUrl}/${boardId}`, offered, {
    headers: { "x-forwarded-for": "2001:db8:1:2::1" },
  });
  await once(stay, "open");
  onTestFinished(() => stay.terminate());
  const statusFrom = (address: string) =>
    upgradeStatus(`${server.url}/rooms/${boardId}`, offered, { "x-forwarded-for": address });

  expect(await statusFrom("2001:db8:1:2:ffff::2")).toBe(429);
  expect(await statusFrom("2001:db8:1:3::1")).toBe(101);
});
