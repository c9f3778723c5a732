import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { workshopAnswerSchema } from "../../shared/workshop/api.ts";
import { programToRun } from "../support/builtServer.ts";
import { mountSmallDisk } from "../support/faultyDisk.ts";
import { lengthenLogs } from "../support/longLogs.ts";
import { openRawClient } from "../support/rawClient.ts";
import { bearer, createDataDir, createTestWorkshop, until } from "../support/relayServer.ts";
import { type ServerProcess, startServerProcess } from "../support/serverProcess.ts";
import { ownNotesIn, Typist } from "../support/typist.ts";
import { checkDatabase } from "../support/workThroughFault.ts";

const database = "collaboration-tree.sqlite";
const names = ["Alice", "Bob", "Chen"];

let dataDir: ReturnType<typeof createDataDir>;
let backups: ReturnType<typeof createDataDir>;
let server: ServerProcess;

beforeEach(async () => {
  dataDir = createDataDir();
  backups = createDataDir();
  server = await startServerProcess(dataDir.path, { program: programToRun() });
});

afterEach(async () => {
  await server.end("SIGKILL");
  dataDir.remove();
  backups.remove();
});

type Answer = { readonly exitCode: number | null; readonly said: string };

/** The command as the host gives it, while this process goes on. */
async function backUp(
  folder: string,
  from = dataDir.path,
  environment: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const program = programToRun();
  const loader = program.endsWith(".ts") ? ["--import", "tsx"] : [];
  const child = spawn(process.execPath, [...loader, program, "backup", folder], {
    env: { PATH: process.env.PATH, DATA_DIR: from, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  await once(child, "close");
  return { exitCode: child.exitCode, said: said.trim() };
}

/** A server on a folder that holds nothing but what the backup has. */
async function restore(folder: string): Promise<ServerProcess> {
  const restored = join(backups.path, "restored");
  mkdirSync(restored);
  for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(restored, name));
  return await startServerProcess(restored, { program: programToRun() });
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

async function exportsOf(url: string, groups: readonly { boardId: string; keys: { contribute: string } }[]) {
  const at = "exportedAt=2025-10-10T09:00:00.000Z";
  return await Promise.all(
    groups.map(async ({ boardId, keys }) => {
      const answer = await fetch(`${url}/api/boards/${boardId}/export?${at}`, {
        headers: bearer(keys.contribute),
      });
      return [answer.status, await answer.text()];
    }),
  );
}

test("[R43] a backup while people write has all that was saved before it, whole, and restores with the same links", {
  timeout: 60_000,
}, async ({ onTestFinished }) => {
  const created = await createTestWorkshop(server.url, ["Groep 1", "Groep 2", "Groep 3"]);
  const { socketUrl } = server;
  await lengthenLogs(
    dataDir.path,
    created.groups.map(({ boardId }) => boardId),
    400,
  );
  const typists = created.groups.map(
    ({ boardId, keys }, index) =>
      new Typist(openRawClient({ socketUrl, boardId, key: keys.contribute }), names[index] ?? ""),
  );
  await until(() => typists.every(({ client }) => client.isSaved()), "all are in");
  const typing = setInterval(() => {
    for (const typist of typists) typist.type();
  }, 20);
  onTestFinished(() => clearInterval(typing));
  await until(() => typists.every((typist) => typist.confirmed() > 20), "much is saved");
  const folder = join(backups.path, "2025-10-09");

  const confirmedBefore = typists.map((typist) => typist.confirmed());
  const backup = await backUp(folder);
  const confirmedAfter = typists.map((typist) => typist.confirmed());
  clearInterval(typing);
  await server.end("SIGKILL");

  expect(backup).toMatchObject({
    exitCode: 0,
    said: expect.stringMatching(/^Copied 3 boards \(.* MB, checked\)/),
  });
  expect(backup.said).toContain(folder);
  expect(readdirSync(folder).sort()).toEqual([database, "secret"]);
  expect([folder, join(folder, database), join(folder, "secret")].map(modeOf)).toEqual(["700", "600", "600"]);
  checkDatabase(folder);
  for (const [index, after] of confirmedAfter.entries())
    expect(after).toBeGreaterThan(confirmedBefore[index] ?? after);

  const restored = await restore(folder);
  onTestFinished(async () => void (await restored.end("SIGKILL")));
  const workshop = await fetch(`${restored.url}/api/workshops/${created.workshop.id}`, {
    headers: bearer(created.keys.facilitate),
  });
  const answer = workshopAnswerSchema.parse(await workshop.json());
  expect(answer.groups.map(({ keys }) => keys)).toEqual(created.groups.map(({ keys }) => keys));
  for (const [index, { boardId, keys }] of created.groups.entries()) {
    const fresh = openRawClient({ socketUrl: restored.socketUrl, boardId, key: keys.contribute });
    await until(fresh.isSynced, "a fresh client is in");
    const served = ownNotesIn(fresh.doc, names[index] ?? "");
    expect(served.length).toBeGreaterThan(3);
    expect(typists[index]?.cutOffAt(served, confirmedBefore[index]), names[index]).not.toBeNull();
    fresh.close();
  }
});

test("[R43] what a restored server exports is what the first one exported at that moment, byte for byte", async ({
  onTestFinished,
}) => {
  const { groups } = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
  const { socketUrl, url } = server;
  const typists = groups.map(
    ({ boardId, keys }, index) =>
      new Typist(openRawClient({ socketUrl, boardId, key: keys.contribute }), names[index] ?? ""),
  );
  await until(() => typists.every(({ client }) => client.isSaved()), "all are in");
  for (let step = 0; step < 40; step += 1) for (const typist of typists) typist.type();
  await until(() => typists.every(({ client }) => client.isSaved()), "all is saved");
  const folder = join(backups.path, "quiet");

  const before = await exportsOf(url, groups);
  const backup = await backUp(folder);
  for (const typist of typists) typist.type();
  await until(() => typists.every(({ client }) => client.isSaved()), "what came later is saved");
  const later = await exportsOf(url, groups);
  const restored = await restore(folder);
  onTestFinished(async () => void (await restored.end("SIGKILL")));

  expect(backup.exitCode).toBe(0);
  expect(await exportsOf(restored.url, groups)).toEqual(before);
  expect(before.map(([status]) => status)).toEqual([200, 200]);
  expect(later).not.toEqual(before);
});

test("[R43] a backup never overwrites, and says in one sentence why it made none", async ({
  skip,
  onTestFinished,
}) => {
  await createTestWorkshop(server.url, ["Groep 1"]);
  const folder = join(backups.path, "today");
  const first = await backUp(folder);
  const bytes = readFileSync(join(folder, database));
  writeFileSync(join(backups.path, "file"), "no folder");

  const again = await backUp(folder);
  const nowhere = await backUp("");
  const onFile = await backUp(join(backups.path, "file"));
  const empty = await backUp(join(backups.path, "of nothing"), backups.path);
  const brokenOff = join(backups.path, "broken off");
  mkdirSync(brokenOff);
  writeFileSync(join(brokenOff, `${database}.unfinished`), "half");
  const afterBreak = await backUp(brokenOff);
  const onItself = await backUp(dataDir.path);

  expect(first.exitCode).toBe(0);
  expect(again).toEqual({
    exitCode: 1,
    said: `Nothing copied: ${join(folder, database)} is there already; choose a new folder.`,
  });
  expect(readFileSync(join(folder, database)).equals(bytes)).toBe(true);
  expect(nowhere).toEqual({
    exitCode: 1,
    said: "Nothing copied: say where to, as in npm run backup -- /backup/today.",
  });
  expect(onFile).toMatchObject({ exitCode: 1, said: expect.stringContaining("cannot make files in") });
  expect(empty).toMatchObject({ exitCode: 1, said: expect.stringContaining("there is no database") });
  expect(afterBreak.exitCode).toBe(0);
  expect(readdirSync(brokenOff).sort()).toEqual([database, "secret"]);
  expect(onItself).toMatchObject({ exitCode: 1, said: expect.stringContaining("is there already") });

  const disk = mountSmallDisk(1);
  if (!disk.ok) return skip(`no disk to fill: ${disk.error}`);
  onTestFinished(disk.value.remove);
  disk.value.begin();
  const full = await backUp(disk.value.path);
  expect(full).toEqual({ exitCode: 1, said: `Nothing copied: the disk of ${disk.value.path} is full.` });
  expect(readdirSync(disk.value.path)).toEqual(["ballast"]);
});

test("[R43] where links come from SERVER_SECRET a backup has no old secret, and says what to keep", async () => {
  const folder = join(backups.path, "today");

  const { exitCode, said } = await backUp(folder, dataDir.path, { SERVER_SECRET: "s".repeat(40) });

  expect(readdirSync(dataDir.path)).toContain("secret");
  expect(exitCode).toBe(0);
  expect(said).toContain("without the secret of their links: keep SERVER_SECRET as well");
  expect(readdirSync(folder)).toEqual([database]);
});

test("[R43] a damaged database is called so and not copied; a server that is stopped can be backed up", async () => {
  await createTestWorkshop(server.url, ["Groep 1"]);
  await server.end("SIGTERM");

  const stopped = await backUp(join(backups.path, "stopped"));
  const file = join(dataDir.path, database);
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0x5a, 4096, bytes.length));
  const damaged = await backUp(join(backups.path, "damaged"));

  expect(stopped.exitCode).toBe(0);
  expect(damaged).toMatchObject({ exitCode: 1, said: expect.stringContaining("is damaged") });
  expect(readdirSync(join(backups.path, "damaged"))).toEqual([]);
});
