import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningServer, startServer } from "../../server/app.ts";
import type { Log } from "../../server/log.ts";
import { type Clock, createSystemClock } from "../../server/relay/clock.ts";
import { readSettings, type Settings } from "../../server/settings.ts";
import { openSqlStore } from "../../server/store/sqlStore.ts";
import type { Store } from "../../server/store/store.ts";
import { type WorkshopCreated, workshopCreatedSchema } from "../../shared/workshop/api.ts";
import { createInlineCompactor } from "./inlineCompactor.ts";
import { createInlineExporter } from "./inlineExporter.ts";
import { createSilentLog } from "./silentLog.ts";

export function createDataDir(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "collaboration-tree-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function testSettings(dataDir: string, environment: Readonly<Record<string, string>> = {}): Settings {
  const settings = readSettings(
    { HOST: "127.0.0.1", PORT: "0", DATA_DIR: dataDir, CLIENT_DIR: dataDir, ...environment },
    { moduleUrl: import.meta.url },
  );
  if (!settings.ok) throw new Error(settings.error.join("\n"));
  return settings.value;
}

export type TestServer = RunningServer & { readonly url: string; readonly socketUrl: string };

/** A real server on a free port of this machine; the caller stops it. */
export async function startTestServer(options: {
  readonly dataDir: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly log?: Log;
  readonly wrapStore?: (store: Store) => Store;
}): Promise<TestServer> {
  const { wrapStore = (store: Store) => store } = options;
  const server = await startServer({
    settings: testSettings(options.dataDir, options.environment),
    log: options.log ?? createSilentLog(),
    clock: options.clock ?? createSystemClock(),
    randomBytes,
    openStore: async (file) => wrapStore(await openSqlStore(file)),
    compactor: createInlineCompactor(),
    exporter: createInlineExporter(),
  });
  const { port } = server;
  return { ...server, url: `http://127.0.0.1:${port}`, socketUrl: `ws://127.0.0.1:${port}/rooms` };
}

export async function createTestWorkshop(
  url: string,
  groupNames: readonly string[],
): Promise<WorkshopCreated> {
  const response = await postJson(`${url}/api/workshops`, {
    title: "Doorn",
    groups: groupNames.map((name) => ({ name, focus: "individual" })),
  });
  if (response.status !== 201) throw new Error(`workshop refused: ${response.status}`);
  return workshopCreatedSchema.parse(await response.json());
}

export function firstGroup(created: WorkshopCreated): WorkshopCreated["groups"][number] {
  const [group] = created.groups;
  if (group === undefined) throw new Error("a workshop without groups");
  return group;
}

export function postJson(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

export function bearer(key: string): { readonly authorization: string } {
  return { authorization: `Bearer ${key}` };
}

/** Waits for a condition, not for a time; gives up loudly. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 8_000,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
