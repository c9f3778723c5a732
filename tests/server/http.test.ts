import { afterEach, expect, test } from "vitest";
import { problemSchema } from "../../shared/workshop/api.ts";
import { addNote, startTestServer, type TestServer, until } from "../support/testServer.ts";

const servers: TestServer[] = [];
async function setUp(environment: Readonly<Record<string, string>> = {}) {
  const server = await startTestServer({ environment });
  servers.push(server);
  const created = await server.createWorkshop();
  const [group, other] = created.groups;
  if (group === undefined || other === undefined) throw new Error("two groups expected");
  return { server, created, group, other };
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.dispose();
});

const withKey = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
const post = (body: string, key?: string) => ({
  method: "POST",
  headers: {
    "content-type": "application/json",
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  },
  body,
});

async function expectProblem(response: Response, status: number, type: string): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  expect(problemSchema.parse(await response.json()).type).toBe(`urn:collaboration-tree:problem:${type}`);
}

test("[J1] unknown ids, wrong keys and odd ids get the same answer", async () => {
  const { server, created, group } = await setUp();
  const wrong = "x".repeat(32);

  const answers = await Promise.all(
    [
      fetch(`${server.url}/api/boards/0000000000000000`, withKey(group.keys.contribute)),
      fetch(`${server.url}/api/boards/${group.boardId}`, withKey(wrong)),
      fetch(`${server.url}/api/boards/${group.boardId}`),
      fetch(`${server.url}/api/boards/__proto__`, withKey(wrong)),
      fetch(`${server.url}/api/workshops/${created.workshop.id}`, withKey(wrong)),
      fetch(`${server.url}/api/boards/${group.boardId}/export`, withKey(wrong)),
    ].map(async (request) => {
      const response = await request;
      return [response.status, await response.text()];
    }),
  );

  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?.[0]).toBe(404);
});

test("[J9] broken JSON, huge bodies and nonsense get a clear refusal", async () => {
  const { server } = await setUp();

  await expectProblem(await fetch(`${server.url}/api/workshops`, post("{")), 400, "bad-request");
  await expectProblem(await fetch(`${server.url}/api/workshops`, post('{"title":""}')), 400, "bad-request");
  await expectProblem(
    await fetch(`${server.url}/api/workshops`, post(JSON.stringify({ title: "x".repeat(10_000_000) }))),
    413,
    "too-large",
  );
  await expectProblem(await fetch(`${server.url}/api/nothing`), 404, "not-found");
});

test("[J6] roles: a view key reads and does not join; only the facilitator gets keys", async () => {
  const { server, created, group } = await setUp();
  const participants = `${server.url}/api/boards/${group.boardId}/participants`;

  const read = await (
    await fetch(`${server.url}/api/boards/${group.boardId}`, withKey(group.keys.view))
  ).json();
  expect(read).toMatchObject({ role: "view", boardId: group.boardId });
  await expectProblem(await fetch(participants, post("{}", group.keys.view)), 403, "forbidden");
  const joined = await fetch(participants, post('{"name":"Alice","voice":"formal"}', group.keys.contribute));
  expect(joined.status).toBe(201);
  expect(await joined.json()).toMatchObject({ participantId: expect.any(String), name: "Alice" });

  const workshop = `${server.url}/api/workshops/${created.workshop.id}`;
  const byFacilitator = await (await fetch(workshop, withKey(created.keys.facilitate))).json();
  expect(byFacilitator.groups[0].keys).toEqual(group.keys);
  const byParticipant = await (await fetch(workshop, withKey(group.keys.contribute))).text();
  expect(byParticipant).not.toContain(created.workshop.joinCode);
  expect(byParticipant).not.toContain(group.keys.view);
});

test("[J4] a whole room behind one address gets in by code, and a guesser soon waits for every answer", async () => {
  const { server, created } = await setUp({
    LIMIT_WRONG_CODES_BURST: "1",
    LIMIT_WRONG_CODE_REFILL_SECONDS: "1",
  });
  const code = created.workshop.joinCode;

  const room = await Promise.all(Array.from({ length: 40 }, () => fetch(`${server.url}/api/join/${code}`)));
  expect(room.every((response) => response.status === 200)).toBe(true);
  const typed = await fetch(`${server.url}/api/join/${code.slice(0, 3).toUpperCase()}-${code.slice(3)}`);
  expect(typed.status).toBe(200);

  const startedAt = performance.now();
  for (const guess of ["zzzzza", "zzzzzb", "zzzzzc"]) {
    expect((await fetch(`${server.url}/api/join/${guess}`)).status).toBe(404);
  }
  expect(performance.now() - startedAt).toBeGreaterThan(1_900);
});

test("[E3] an export imported again gives equal notes, and the same moment gives the same bytes", async () => {
  const { server, created, group } = await setUp();
  const alice = server.connect(group.boardId, group.keys.contribute);
  await until("synced", () => alice.provider.synced);
  addNote(alice.doc, "one", "Respect voor elkaar 🌳");
  addNote(alice.doc, "two", '=HYPERLINK("x")');
  const exportUrl = (boardId: string) =>
    `${server.url}/api/boards/${boardId}/export?format=json&privacy=pseudonymised&exportedAt=2026-01-01T00:00:00Z`;
  const exported = async (boardId: string) =>
    await (await fetch(exportUrl(boardId), withKey(created.keys.facilitate))).text();
  await until("both notes arrived", async () => JSON.parse(await exported(group.boardId)).notes.length === 2);

  const text = await exported(group.boardId);
  expect(await exported(group.boardId)).toBe(text);
  const imported = await fetch(
    `${server.url}/api/workshops/${created.workshop.id}/boards`,
    post(text, created.keys.facilitate),
  );
  expect(imported.status).toBe(201);
  const { boardId } = await imported.json();

  expect(JSON.parse(await exported(boardId)).notes).toEqual(JSON.parse(text).notes);
  await expectProblem(
    await fetch(
      `${server.url}/api/workshops/${created.workshop.id}/boards`,
      post('{"a":1}', created.keys.facilitate),
    ),
    400,
    "bad-request",
  );
});

test("[J10] pages and answers carry headers that keep them to themselves", async () => {
  const { server } = await setUp();

  const { headers } = await fetch(`${server.url}/healthz`);

  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});
