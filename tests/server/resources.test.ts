import { mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ensureDemo } from "../../server/demo/demo.ts";
import { areLaidOver } from "../../shared/board/placement.ts";
import { type Board, highlightsOf, readBoard } from "../../shared/board/readBoard.ts";
import { buildExport } from "../../shared/export/toJson.ts";
import { refuse } from "../../shared/result.ts";
import { treeTemplate } from "../../shared/template/tree.ts";
import {
  boardAnswerSchema,
  boardImportedSchema,
  groupWithKeysSchema,
  joinCodeAnswerSchema,
  participantJoinedSchema,
  problemSchema,
  problemUri,
  workshopAnswerSchema,
} from "../../shared/workshop/api.ts";
import { participantFactsSchema } from "../../shared/workshop/workshop.ts";
import { createExportInput } from "../support/exportBoards.ts";
import { createManualClock } from "../support/manualClock.ts";
import { createMixedBoard } from "../support/mixedBoard.ts";
import { openRawClient } from "../support/rawClient.ts";
import {
  bearer,
  createDataDir,
  createTestWorkshop,
  firstGroup,
  postJson,
  startTestServer,
  type TestServer,
  until,
} from "../support/relayServer.ts";

let dataDir: ReturnType<typeof createDataDir>;
let server: TestServer;

function mixedExport() {
  const { doc, state } = createMixedBoard();
  return buildExport(createExportInput(doc, state));
}

beforeEach(async () => {
  dataDir = createDataDir();
  server = await startTestServer({ dataDir: dataDir.path });
});

afterEach(async () => {
  await server.stop();
  dataDir.remove();
});

const get = (path: string, key?: string) =>
  fetch(`${server.url}${path}`, key === undefined ? {} : { headers: bearer(key) });

test("[J6] a facilitator sees code and keys; a contributor sees facts only", async () => {
  const created = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
  const path = `/api/workshops/${created.workshop.id}`;

  const facilitator = workshopAnswerSchema.parse(await (await get(path, created.keys.facilitate)).json());
  const contributor = workshopAnswerSchema.parse(
    await (await get(path, firstGroup(created).keys.contribute)).json(),
  );

  expect(facilitator).toMatchObject({
    role: "facilitate",
    workshop: { joinCode: created.workshop.joinCode },
  });
  expect(facilitator.groups.map(({ keys }) => keys)).toEqual(created.groups.map(({ keys }) => keys));
  expect(contributor.role).toBe("contribute");
  expect(contributor.workshop.joinCode).toBeUndefined();
  expect(contributor.groups.every(({ keys }) => keys === undefined)).toBe(true);
});

test("[J6] a facilitator adds a group; nobody else does", async () => {
  const created = await createTestWorkshop(server.url, ["Groep 1"]);
  const path = `${server.url}/api/workshops/${created.workshop.id}/groups`;
  const body = { name: "Groep 2", focus: "community" };

  const added = await postJson(path, body, bearer(created.keys.facilitate));
  const refused = await postJson(path, body, bearer(firstGroup(created).keys.contribute));

  expect(added.status).toBe(201);
  const group = groupWithKeysSchema.parse(await added.json());
  expect((await get(`/api/boards/${group.boardId}`, group.keys.view)).status).toBe(200);
  expect(refused.status).toBe(403);
});

test("[J1] unknown ids, wrong keys and missing keys answer with the same bytes", async () => {
  const created = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
  const [one, two] = created.groups;
  if (one === undefined || two === undefined) throw new Error("two groups expected");

  const answers = await Promise.all([
    get(`/api/boards/${one.boardId}`, two.keys.contribute),
    get(`/api/boards/${one.boardId}`),
    get("/api/boards/0000000000000000", one.keys.contribute),
    get("/api/boards/__proto__", one.keys.contribute),
    get(`/api/boards/${one.boardId}/export`, two.keys.view),
    get("/api/workshops/0000000000000000", created.keys.facilitate),
    get(`/api/workshops/${created.workshop.id}`),
  ]);
  const bodies = await Promise.all(answers.map((answer) => answer.text()));

  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  expect(new Set(bodies).size).toBe(1);
  expect(answers[0]?.headers.get("content-type")).toContain("application/problem+json");
  expect(problemSchema.parse(JSON.parse(bodies[0] ?? "")).type).toBe(problemUri("not-found"));
});

test("[J5] people join with a link, change what they said with their token, and nobody does it for them", async () => {
  const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const path = `${server.url}/api/boards/${group.boardId}/participants`;
  const joined = participantJoinedSchema.parse(
    await (
      await postJson(
        path,
        { name: " Alice ", voice: "informal", consent: true },
        bearer(group.keys.contribute),
      )
    ).json(),
  );
  const viewer = await postJson(path, { name: "Bob" }, bearer(group.keys.view));
  const change = (token: string) =>
    fetch(`${path}/${joined.participantId}`, {
      method: "PATCH",
      headers: {
        ...bearer(group.keys.contribute),
        "content-type": "application/json",
        "x-participant-token": token,
      },
      body: JSON.stringify({ affiliation: "Utrecht" }),
    });

  expect(viewer.status).toBe(403);
  expect((await change(`${joined.participantId}.${"x".repeat(32)}`)).status).toBe(404);
  const changed = participantFactsSchema.parse(await (await change(joined.participantToken)).json());
  expect(changed).toMatchObject({
    name: "Alice",
    voice: "informal",
    affiliation: "Utrecht",
    consent: { research: true },
  });
  const board = boardAnswerSchema.parse(
    await (await get(`/api/boards/${group.boardId}`, group.keys.view)).json(),
  );
  expect(board.participants).toEqual([changed]);
});

test("[J7] numbers of participants are unique and not the order of joining", async () => {
  const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const path = `${server.url}/api/boards/${group.boardId}/participants`;
  const codes: number[] = [];
  for (let index = 0; index < 12; index += 1) {
    const joined = await postJson(path, {}, bearer(group.keys.contribute));
    codes.push(participantJoinedSchema.parse(await joined.json()).code);
  }

  expect(new Set(codes).size).toBe(12);
  // One chance in 12! that a fair draw is sorted.
  expect(codes).not.toEqual([...codes].sort((a, b) => a - b));
});

test("[J4] wrong join codes cost, right ones do not; without budget even right ones have to wait a moment", async () => {
  await server.stop();
  server = await startTestServer({
    dataDir: dataDir.path,
    environment: { LIMIT_WRONG_CODE_REFILL_SECONDS: "1" },
  });
  const { workshop } = await createTestWorkshop(server.url, ["Groep 1"]);
  const many = await Promise.all(Array.from({ length: 60 }, () => get(`/api/join/${workshop.joinCode}`)));
  expect(many.every(({ status }) => status === 200)).toBe(true);
  const spelled = `${workshop.joinCode.slice(0, 3).toUpperCase()}-${workshop.joinCode.slice(3)}`;
  joinCodeAnswerSchema.parse(await (await get(`/api/join/${spelled}`)).json());

  const guesses = Array.from({ length: 42 }, (_, index) => `zzz${444 + index}`.replace(/[01]/g, "x"));
  const wrong = await Promise.all(guesses.map((guess) => get(`/api/join/${guess}`)));
  const right = await Promise.all(Array.from({ length: 60 }, () => get(`/api/join/${workshop.joinCode}`)));

  expect(new Set(wrong.map(({ status }) => status))).toEqual(new Set([404]));
  expect(new Set(right.map(({ status }) => status))).toEqual(new Set([200]));
});

test("[J21] a room of sixty joins over one link at once", async () => {
  const { boardId, keys } = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const path = `${server.url}/api/boards/${boardId}/participants`;

  const answers = await Promise.all(
    Array.from({ length: 60 }, () => postJson(path, {}, bearer(keys.contribute))),
  );

  expect(answers.every(({ status }) => status === 201)).toBe(true);
});

test("[J21] a flood over one link leaves room: for others of the board, for other boards and for the facilitator", async () => {
  await server.stop();
  server = await startTestServer({
    dataDir: dataDir.path,
    environment: {
      LIMIT_PEOPLE_PER_BOARD_BURST: "20",
      LIMIT_PEOPLE_PER_BOARD_PER_MINUTE: "1",
      LIMIT_PEOPLE_PER_ADDRESS_BURST: "12",
      LIMIT_PEOPLE_PER_ADDRESS_PER_MINUTE: "1",
    },
  });
  const created = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
  const [one, two] = created.groups;
  if (one === undefined || two === undefined) throw new Error("two groups expected");
  const join = (boardId: string, key: string, from: string) =>
    postJson(
      `${server.url}/api/boards/${boardId}/participants`,
      {},
      { ...bearer(key), "x-forwarded-for": from },
    );
  const flood = async (from: string) => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => join(one.boardId, one.keys.contribute, from)),
    );
    return answers.filter(({ status }) => status === 201).length;
  };

  expect(await flood("192.0.2.7")).toBe(12);
  const refused = await join(one.boardId, one.keys.contribute, "192.0.2.7");
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await join(one.boardId, one.keys.contribute, "198.51.100.1")).status).toBe(201);
  expect((await join(two.boardId, two.keys.contribute, "192.0.2.7")).status).toBe(201);

  expect(await flood("203.0.113.5")).toBe(7);
  expect((await join(one.boardId, one.keys.contribute, "198.51.100.2")).status).toBe(429);
  expect((await join(one.boardId, created.keys.facilitate, "192.0.2.7")).status).toBe(201);
});

test("[J21] joins that are refused because others used up the board cost the address nothing", async () => {
  await server.stop();
  const clock = createManualClock();
  server = await startTestServer({
    dataDir: dataDir.path,
    clock,
    environment: {
      LIMIT_PEOPLE_PER_BOARD_BURST: "2",
      LIMIT_PEOPLE_PER_BOARD_PER_MINUTE: "120",
      LIMIT_PEOPLE_PER_ADDRESS_BURST: "2",
      LIMIT_PEOPLE_PER_ADDRESS_PER_MINUTE: "1",
    },
  });
  const { boardId, keys } = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const join = async (from: string) => {
    const headers = { ...bearer(keys.contribute), "x-forwarded-for": from };
    return (await postJson(`${server.url}/api/boards/${boardId}/participants`, {}, headers)).status;
  };

  const others = [await join("192.0.2.7"), await join("192.0.2.7")];
  const refused = [await join("198.51.100.1"), await join("198.51.100.1")];
  await clock.advance(1_000);
  const late = [await join("198.51.100.1"), await join("198.51.100.1")];

  expect([others, refused, late]).toEqual([
    [201, 201],
    [429, 429],
    [201, 201],
  ]);
});

test("[J21] joins that a full board refuses cost the address nothing", async () => {
  await server.stop();
  let isFull = true;
  server = await startTestServer({
    dataDir: dataDir.path,
    environment: { LIMIT_PEOPLE_PER_ADDRESS_BURST: "2", LIMIT_PEOPLE_PER_ADDRESS_PER_MINUTE: "1" },
    wrapStore: (store) => ({
      ...store,
      addParticipant: async (...asked) =>
        isFull ? refuse({ kind: "boardFull" }) : await store.addParticipant(...asked),
    }),
  });
  const { boardId, keys } = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const join = async () =>
    (await postJson(`${server.url}/api/boards/${boardId}/participants`, {}, bearer(keys.contribute))).status;

  const refused = [await join(), await join(), await join()];
  isFull = false;
  const late = [await join(), await join()];

  expect(refused).toEqual([503, 503, 503]);
  expect(late).toEqual([201, 201]);
});

test("[J8] making boards has a budget per address", async () => {
  const body = {
    title: "Doorn",
    groups: Array.from({ length: 30 }, () => ({ name: "Groep", focus: "individual" })),
  };
  const statuses: number[] = [];
  for (let index = 0; index < 5; index += 1)
    statuses.push((await postJson(`${server.url}/api/workshops`, body)).status);

  expect(statuses).toEqual([201, 201, 201, 201, 429]);
});

test("[J9] broken, wrong and too large bodies are problems, not crashes", async () => {
  const path = `${server.url}/api/workshops`;
  const broken = await postJson(path, "{");
  const polluted = await postJson(path, '{"__proto__":{"polluted":true},"title":"x","groups":[]}');
  const wrong = await postJson(path, { title: "", groups: [] });
  const large = await postJson(path, { title: "x".repeat(10_000_000), groups: [] });
  const notJson = await fetch(path, { method: "POST", headers: { "content-type": "text/csv" }, body: "a;b" });

  expect([broken, polluted, wrong, large, notJson].map(({ status }) => status)).toEqual([
    400, 400, 400, 413, 415,
  ]);
  for (const answer of [broken, polluted, wrong, large, notJson]) problemSchema.parse(await answer.json());
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

test("[E1] [E16] an export is there at any moment, by privacy, the same bytes for the same moment, and can be imported", async () => {
  const created = await createTestWorkshop(server.url, ["Groep 1"]);
  const { boardId, keys } = firstGroup(created);
  const path = `/api/boards/${boardId}/export?exportedAt=2026-01-01T00:00:00.000Z`;

  const contributor = await get(path, keys.contribute);
  const text = await contributor.text();
  expect(contributor.headers.get("content-disposition")).toMatch(/^attachment; filename="[\w.-]+"$/);
  expect(await (await get(path, keys.contribute)).text()).toBe(text);
  expect((await get(`${path}&privacy=named`, keys.contribute)).status).toBe(403);
  expect((await get(`${path}&privacy=named`, created.keys.facilitate)).status).toBe(200);
  expect((await get(`${path}&privacy=all`, keys.contribute)).status).toBe(400);
  expect((await get(`${path}&format=xlsx`, keys.contribute)).status).toBe(400);
  expect((await get(`${path}&privcy=anonymous`, keys.contribute)).status).toBe(400);

  const imports = `${server.url}/api/workshops/${created.workshop.id}/boards`;
  const imported = await postJson(imports, text, bearer(created.keys.facilitate));
  expect(imported.status).toBe(201);
  expect((await postJson(imports, text, bearer(keys.contribute))).status).toBe(403);
  expect((await postJson(imports, "x".repeat(10_000_001), bearer(created.keys.facilitate))).status).toBe(413);
  const schema = await get("/api/schema/export-1.json");
  expect(JSON.parse(await schema.text())).toHaveProperty("$schema");
});

test("[E33] what an import is refused for is said in a few words, however much is wrong with it", async () => {
  const created = await createTestWorkshop(server.url, ["Groep 1"]);
  const { boardId, keys } = firstGroup(created);
  const file = JSON.parse(await (await get(`/api/boards/${boardId}/export`, keys.contribute)).text());
  const imports = `${server.url}/api/workshops/${created.workshop.id}/boards`;
  const refusalOf = async (change: object) => {
    const answer = await postJson(imports, { ...file, ...change }, bearer(created.keys.facilitate));
    expect(answer.status).toBe(400);
    return problemSchema.parse(await answer.json()).issues ?? [];
  };

  // All their faults together would fill gigabytes.
  const empty = await refusalOf({ setAside: new Array(300_000).fill({}) });
  expect(empty.length).toBeGreaterThan(3);
  expect(empty.length).toBeLessThanOrEqual(20);
  expect(empty[0]?.path).toMatch(/^setAside\.0\./);
  const [many] = await refusalOf({ notes: new Array(5_001).fill({}) });
  expect(many?.path).toBe("notes");
  const [keyed] = await refusalOf({ ["x".repeat(5_000)]: 1 });
  expect(keyed?.message.length).toBeLessThanOrEqual(300);
});

test("[E33] an import that could not be read again as it is written is refused, not set aside", async () => {
  const created = await createTestWorkshop(server.url, ["Groep 1"]);
  const imports = `${server.url}/api/workshops/${created.workshop.id}/boards`;
  const exported = mixedExport();
  const [note] = exported.notes;
  const changed = { ...exported, notes: [{ ...note, text: "x".repeat(1_900_000) }] };

  const answer = await postJson(imports, changed, bearer(created.keys.facilitate));

  expect(answer.status).toBe(400);
  expect(problemSchema.parse(await answer.json()).issues?.[0]?.path).toBe("notes");
});

test("[E34] an import says whether the file was changed, and what of it a board has no place for", async () => {
  const created = await createTestWorkshop(server.url, ["Groep 1"]);
  const imports = `${server.url}/api/workshops/${created.workshop.id}/boards`;
  const exported = mixedExport();
  const code = { id: "K1", name: "vertrouwen", definition: "", colour: null, parent: null };
  const reportOn = async (file: object) => {
    const answer = await postJson(imports, file, bearer(created.keys.facilitate));
    expect(answer.status).toBe(201);
    return boardImportedSchema.parse(await answer.json()).report;
  };

  expect(await reportOn(exported)).toEqual({ isIntact: true, leftOut: { codes: 0, codings: 0, events: 0 } });
  expect(await reportOn({ ...exported, codes: [code] })).toEqual({
    isIntact: false,
    leftOut: { codes: 1, codings: 0, events: 0 },
  });
});

test("[J22] a body is read only of who may send it, and never when it is nested like a trap", async () => {
  const created = await createTestWorkshop(server.url, ["Groep 1"]);
  const { keys } = firstGroup(created);
  // So much is announced, and nothing comes: whoever answers has not waited for it.
  const statusFor = (key: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(
        `${server.url}/api/workshops/${created.workshop.id}/boards`,
        {
          method: "POST",
          headers: { "content-type": "application/json", "content-length": 9_000_000, ...bearer(key) },
        },
        (answer) => {
          resolve(answer.statusCode);
          asked.destroy();
        },
      );
      asked.on("error", reject);
      asked.write("[");
    });

  expect(await statusFor("x".repeat(43))).toBe(404);
  expect(await statusFor(keys.contribute)).toBe(403);
  // Those that stay away hold a place each; there are not many, and whoever comes then hears when to come again.
  const held = Array.from({ length: 12 }, () => statusFor(created.keys.facilitate));
  const seen = await Promise.race([Promise.any(held), new Promise((resolve) => setTimeout(resolve, 5_000))]);
  expect(seen).toBe(429);
  const deep = `${"[".repeat(400_000)}${"]".repeat(400_000)}`;
  expect((await postJson(`${server.url}/api/workshops`, deep)).status).toBe(400);
  const crowded = `{"groups":[${"{},".repeat(300_000)}{}]}`;
  expect((await postJson(`${server.url}/api/workshops`, crowded)).status).toBe(400);
});

test("[J10] pages carry headers that keep them to themselves; unknown paths are 404", async () => {
  await server.stop();
  const client = join(dataDir.path, "client");
  mkdirSync(join(client, "assets"), { recursive: true });
  for (const page of ["index", "board", "workshop", "join"]) {
    writeFileSync(join(client, `${page}.html`), `<!doctype html><title>Boom</title><p>${page}`);
  }
  writeFileSync(join(client, "assets", "main-abc.js"), "export {};");
  server = await startTestServer({ dataDir: dataDir.path, environment: { CLIENT_DIR: client } });

  for (const [path, name] of [
    ["/", "index"],
    ["/board/abc", "board"],
    ["/workshop/abc", "workshop"],
    ["/join/abc-def", "join"],
  ]) {
    const page = await get(`${path}`);
    expect([path, page.status, page.headers.get("cache-control")]).toEqual([path, 200, "no-cache"]);
    expect(await page.text()).toContain(`<p>${name}`);
  }
  const page = await get("/");
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("upgrade-insecure-requests");
  expect(page.headers.get("referrer-policy")).toBe("no-referrer");
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  expect(page.headers.get("strict-transport-security")).toBeNull();
  expect((await get("/assets/main-abc.js")).headers.get("cache-control")).toContain("immutable");
  expect((await get("/nowhere")).status).toBe(404);
  expect((await get("/api/nowhere")).headers.get("content-type")).toContain("application/problem+json");
});

test("[J12] the metrics speak Prometheus and name no board", async () => {
  const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const alice = openRawClient({
    socketUrl: server.socketUrl,
    boardId: group.boardId,
    key: group.keys.contribute,
  });
  await until(alice.isSaved, "Alice is in");

  const text = await (await get("/metrics")).text();

  expect(text).toMatch(/^collaboration_tree_members 1$/m);
  expect(text).toMatch(/^collaboration_tree_frames_total\{direction="in"\} [1-9]/m);
  expect(text).toMatch(/^collaboration_tree_unsaved_updates 0$/m);
  expect(text).toContain("collaboration_tree_nodejs_eventloop_lag_p99_seconds");
  expect(text).not.toContain(group.boardId);
});

test("[R19] the demo workshop has three filled trees and is made once", async () => {
  const links = await ensureDemo(server.context, server.url);
  const again = await ensureDemo(server.context, server.url);

  expect(again).toBe(links);
  const boards = [...links.matchAll(/\/board\/(\w+)#([\w-]+)/g)];
  expect(boards).toHaveLength(6);
  const trees: Board[] = [];
  for (const [, boardId = "", key = ""] of boards) {
    const client = openRawClient({ socketUrl: server.socketUrl, boardId, key });
    await until(client.isSynced, "the board is open");
    trees.push(readBoard(client.doc));
    client.close();
  }
  expect(trees.map(({ notes }) => notes.size)).toEqual([22, 22, 22, 22, 18, 18]);
  const last = trees.at(-1);
  if (last === undefined) throw new Error("a tree expected");
  const notes = [...last.notes.values()];
  const corners = notes.map(({ placement }) => placement);
  const { noteSize } = treeTemplate;
  expect(last.voting).toEqual({ dots: 3, phase: "shown" });
  expect([...last.themes.values()]).toMatchObject([{ title: "Samen terugkijken" }]);
  expect(notes.filter(({ theme }) => theme !== null)).toHaveLength(3);
  expect(highlightsOf(notes)).toHaveLength(3);
  expect(notes.reduce((sum, { votes }) => sum + votes, 0)).toBe(18);
  expect(
    corners.some((corner, index) =>
      corners.slice(index + 1).some((other) => areLaidOver(corner, other, noteSize)),
    ),
  ).toBe(false);
});
