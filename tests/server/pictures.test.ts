import { expect, test } from "vitest";
import { readBoard } from "../../shared/board/readBoard.ts";
import { notesForPicture } from "../../shared/export/pictureNotes.ts";
import { createMixedBoard } from "../support/mixedBoard.ts";
import { startTestServer } from "../support/testServer.ts";

test("[P8] a picture is given to whoever may export the board, with headers that let nothing run", async () => {
  const server = await startTestServer();
  const { groups, keys } = await server.createWorkshop();
  const [group] = groups;
  if (group === undefined) throw new Error("no group");
  const ask = (key: string, query = "format=svg") =>
    fetch(`${server.url}/api/boards/${group.boardId}/export?${query}`, {
      headers: { authorization: `Bearer ${key}` },
    });

  const answer = await ask(group.keys.view);
  const again = await ask(group.keys.contribute);

  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("image/svg+xml");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("content-security-policy")).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:",
  );
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const svg = await answer.text();
  expect(svg).toMatch(/^<svg /);
  expect(svg).toContain("Doorn");
  expect(await again.text()).toBe(svg);
  expect((await ask("")).status).toBe(404);
  expect((await ask("x".repeat(43))).status).toBe(404);
  expect((await ask(group.keys.contribute, "format=svg&privacy=named")).status).toBe(403);
  expect((await ask(keys.facilitate, "format=svg&privacy=named&view=fruits&language=en")).status).toBe(200);
  expect((await ask(group.keys.view, "format=svg&view=attic")).status).toBe(400);
  await server.stop();
});

test("[P4] notes of who refused the research are on no picture; an anonymous one has only quotable notes", () => {
  const { doc, state, notes } = createMixedBoard();
  const all = readBoard(doc).notes.values();
  const shownWith = (privacy: "pseudonymised" | "anonymous") => {
    const shown = notesForPicture([...readBoard(doc).notes.values()], state.participants, privacy);
    return { ids: new Set(shown.notes.map(({ id }) => id)), leftOut: shown.leftOut };
  };

  const usual = shownWith("pseudonymised");
  const anonymous = shownWith("anonymous");

  expect([...all].length).toBeGreaterThan(usual.ids.size);
  expect(usual.ids.has(notes.byAlice)).toBe(true);
  expect(usual.ids.has(notes.byNobody)).toBe(true);
  expect(usual.ids.has(notes.byChen)).toBe(false);
  expect(usual.ids.has(notes.removed)).toBe(false);
  expect(usual.leftOut).toBe(1);
  expect(anonymous.ids.has(notes.byAlice)).toBe(true);
  expect(anonymous.ids.has(notes.byDina)).toBe(false);
  expect(anonymous.ids.has(notes.byNobody)).toBe(false);
});
