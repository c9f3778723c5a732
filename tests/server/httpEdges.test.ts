import { join } from "node:path";
import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { problemSchema, problemUri } from "../../shared/workshop/api.ts";
import { answerTo, type BareAnswer, heardUntilClose, openBareHttp, readAnswer } from "../support/bareHttp.ts";
import { openRawClient } from "../support/rawClient.ts";
import {
  bearer,
  createDataDir,
  createTestWorkshop,
  firstGroup,
  startTestServer,
  type TestServer,
  until,
} from "../support/relayServer.ts";

/* What HTTP itself allows or forbids, whatever the address is for. */

let dataDir: ReturnType<typeof createDataDir>;
let server: TestServer;

beforeEach(async () => {
  dataDir = createDataDir();
  server = await startTestServer({ dataDir: dataDir.path, environment: { LIMIT_REQUEST_SECONDS: "1" } });
});

afterEach(async () => {
  await server.stop();
  dataDir.remove();
});

function problemOf({ headers, body }: BareAnswer): string {
  expect(headers.get("content-type")).toContain("application/problem+json");
  return problemSchema.parse(JSON.parse(body)).type;
}

const head =
  "POST /api/workshops HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n";

test("[J19] a body that does not come, or comes drop by drop, is not waited for; a websocket is no such body", async () => {
  const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const alice = openRawClient({
    socketUrl: server.socketUrl,
    boardId: group.boardId,
    key: group.keys.contribute,
  });
  await until(() => alice.isSynced(), "Alice is in");

  const silent = await openBareHttp(server.port, `${head}\r\n{"title"`);
  const slow = await openBareHttp(server.port, `${head}\r\n{"title"`);
  const drops = setInterval(() => slow.write(" "), 100);
  const [toSilent, toSlow] = await Promise.all([heardUntilClose(silent), heardUntilClose(slow)]);
  clearInterval(drops);
  alice.doc.getMap("words").set("hello", 1);
  await until(() => alice.isSaved(), "Alice is still in");

  for (const answer of [toSilent, toSlow].map(readAnswer)) {
    expect(answer.status).toBe(408);
    expect(problemOf(answer)).toBe(problemUri("request-timeout"));
  }
  expect(alice.closeCode()).toBeNull();
  alice.socket.terminate();
});

test.each([
  ["a request line that is none", "HELLO\r\n\r\n", 400, "bad-request"],
  [
    "a length that is no number",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
    400,
    "bad-request",
  ],
  ["two ways to say how long", `${head}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400, "bad-request"],
  [
    "chunks that are none",
    "POST /api/workshops HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    400,
    "bad-request",
  ],
  ["no host", "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "bad-request"],
  [
    "headers without end",
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(40_000)}\r\n\r\n`,
    431,
    "headers-too-large",
  ],
  ["headers that stop half-way", "GET / HTTP/1.1\r\nHost: x\r\n", 408, "request-timeout"],
] as const)(
  "[J20] %s is answered as a problem, and the connection closed",
  async (_what, bytes, status, type) => {
    const answer = await answerTo(server.port, bytes);

    expect(answer.status).toBe(status);
    expect(problemOf(answer)).toBe(problemUri(type));
    expect(answer.headers.get("connection")).toBe("close");
  },
);

test("[J20] nonsense behind a good request does not get into the answer to that", async () => {
  const good = "GET /api/schema/export-1.json HTTP/1.1\r\nHost: x\r\n\r\n";

  const heard = await heardUntilClose(await openBareHttp(server.port, `${good}HELLO\r\n\r\n`));

  // Either the answer to the first, whole, or only that there is nonsense.
  expect(heard.match(/HTTP\/1\.1 /g)?.length).toBe(1);
});

test("[J20] who is turned away from a board hears why as a problem, and the connection is closed", async () => {
  const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const upgrade = (fields: string) =>
    answerTo(
      server.port,
      `GET /rooms/${group.boardId} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${fields}\r\n`,
    );
  const version = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  const offer = (...names: string[]) => `Sec-WebSocket-Protocol: ${names.join(", ")}\r\n`;
  const key = `key.${group.keys.contribute}`;

  const answers = await Promise.all([
    upgrade(version + offer("y-websocket", `key.${"x".repeat(32)}`)),
    upgrade(version + offer(key)),
    upgrade(`${version}Origin: https://evil.example\r\n${offer("y-websocket", key)}`),
    upgrade(offer("y-websocket", key)),
  ]);

  expect(answers.map(({ status }) => status)).toEqual([404, 400, 403, 400]);
  expect(answers.map(problemOf)).toEqual(
    (["not-found", "bad-request", "forbidden", "bad-request"] as const).map(problemUri),
  );
});

test("[J20] an address that is there says what it takes, to every other method", async () => {
  const { groups } = await createTestWorkshop(server.url, ["Groep 1"]);
  const [group] = groups;
  const ask = async (method: string, path: string) => {
    const answer = await fetch(`${server.url}${path}`, { method });
    return [answer.status, answer.headers.get("allow")];
  };

  expect(await ask("PUT", "/api/workshops")).toEqual([405, "POST"]);
  expect(await ask("GET", "/api/workshops")).toEqual([405, "POST"]);
  expect(await ask("DELETE", `/api/boards/${group?.boardId}`)).toEqual([405, "GET, HEAD, PATCH"]);
  expect(await ask("POST", "/api/boards/0000000000000000")).toEqual([405, "GET, HEAD, PATCH"]);
  expect(await ask("GET", "/api/workshops/0000000000000000/boards")).toEqual([405, "POST"]);
  expect(await ask("OPTIONS", "/healthz")).toEqual([405, "GET, HEAD"]);
  expect(await ask("PUT", "/api/nothing")).toEqual([404, null]);
  const put = await fetch(`${server.url}/api/workshops`, { method: "PUT", body: "text" });
  expect(problemSchema.parse(await put.json()).type).toBe(problemUri("method-not-allowed"));
});

test("[J9] a body that is no JSON is 415, and none at all is fine where everything may be left out", async () => {
  const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const join = (headers: Readonly<Record<string, string>>, body?: string) =>
    fetch(`${server.url}/api/boards/${group.boardId}/participants`, {
      method: "POST",
      headers: { ...bearer(group.keys.contribute), ...headers },
      ...(body === undefined ? {} : { body }),
    });

  const statuses = await Promise.all(
    [
      join({ "content-type": "text/plain" }, "{}"),
      join({ "content-type": "multipart/form-data" }, "{}"),
      join({ "content-type": "nonsense" }, "{}"),
      join({ "content-type": "application/json" }),
      join({}),
    ].map(async (answer) => (await answer).status),
  );

  expect(statuses).toEqual([415, 415, 415, 201, 201]);
});

test("[J1] a key is read however the header is spaced and spelled", async () => {
  const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const statusWith = async (authorization: string) =>
    (await fetch(`${server.url}/api/boards/${group.boardId}`, { headers: { authorization } })).status;

  const key = group.keys.view;
  expect(await statusWith(`Bearer   ${key}`)).toBe(200);
  expect(await statusWith(`bearer ${key}`)).toBe(200);
  expect(await statusWith(`BEARER ${key} `)).toBe(200);
  expect(await statusWith(`Bearer ${key} more`)).toBe(404);
  expect(await statusWith(`Basic ${key}`)).toBe(404);
});

test("[J22] an upload that its sender breaks off is no error of the server", async () => {
  const lines: string[] = [];
  const log = pino({ level: "debug", base: null }, { write: (line) => void lines.push(line) });
  let looksForWorkshop = 0;
  const told = await startTestServer({
    dataDir: join(dataDir.path, "told"),
    log,
    wrapStore: (store) => ({
      ...store,
      workshop: async (id) => {
        looksForWorkshop += 1;
        return await store.workshop(id);
      },
    }),
  });
  const { workshop, keys } = await createTestWorkshop(told.url, ["Groep 1"]);
  const path = `/api/workshops/${workshop.id}/boards`;

  looksForWorkshop = 0;
  const upload = await openBareHttp(
    told.port,
    `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${keys.facilitate}\r\n` +
      `Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"title"`,
  );
  await until(() => looksForWorkshop > 0, "it is under way");
  upload.destroy();
  await until(
    () => lines.some((line) => line.includes("sender went away") || line.includes("failed")),
    "it is over",
  );

  expect(lines.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  await told.stop();
});
