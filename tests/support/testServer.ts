import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { type RunningServer, startServer } from "../../server/app.ts";
import { createSystemClock } from "../../server/relay/clock.ts";
import { readSettings } from "../../server/settings.ts";
import { openSqlStore } from "../../server/store/sqlStore.ts";
import { type WorkshopCreated, workshopCreatedSchema } from "../../shared/workshop/api.ts";
import { createInlineCompactor } from "./inlineCompactor.ts";
import { createInlineExporter } from "./inlineExporter.ts";
import { createSilentLog } from "./silentLog.ts";

export type TestServer = RunningServer & {
  readonly url: string;
  readonly createWorkshop: () => Promise<WorkshopCreated>;
  /** A stock y-websocket client of a board. */
  readonly connect: (boardId: string, key: string) => StockClient;
  readonly dispose: () => Promise<void>;
};

export type StockClient = {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  readonly close: () => void;
};

export type TestServerOptions = {
  readonly environment?: Readonly<Record<string, string>>;
};

/** The real server on a free port of this machine, with a data folder of its own. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "collaboration-tree-"));
  const settings = readSettings(
    { HOST: "127.0.0.1", PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "silent", ...options.environment },
    { moduleUrl: new URL("../../server/main.ts", import.meta.url).href },
  );
  if (!settings.ok) throw new Error(settings.error.join("\n"));
  const server = await startServer({
    settings: settings.value,
    log: createSilentLog(),
    clock: createSystemClock(),
    randomBytes,
    openStore: openSqlStore,
    compactor: createInlineCompactor(),
    exporter: createInlineExporter(),
  });
  const url = `http://127.0.0.1:${server.port}`;
  const clients: StockClient[] = [];
  return {
    ...server,
    url,
    async createWorkshop() {
      const response = await fetch(`${url}/api/workshops`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          title: "Doorn",
          groups: [
            { name: "Groep 1", focus: "individual" },
            { name: "Groep 2", focus: "community" },
          ],
        }),
      });
      return workshopCreatedSchema.parse(await response.json());
    },
    connect(boardId, key) {
      const client = connectStock(server.port, boardId, key);
      clients.push(client);
      return client;
    },
    async dispose() {
      for (const client of clients) client.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function connectStock(port: number, boardId: string, key: string): StockClient {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}/rooms`, boardId, doc, {
    protocols: ["y-websocket", `key.${key}`],
    // The type of `ws` differs from the browser's in what tests do not use.
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  return {
    doc,
    provider,
    close() {
      provider.destroy();
      doc.destroy();
    },
  };
}

/** Waits for something to become true, and says what it waited for when it does not. */
export async function until(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  ms = 10_000,
): Promise<void> {
  const end = performance.now() + ms;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function addNote(doc: Y.Doc, id: string, text: string): void {
  doc.transact(() => {
    const note = new Y.Map<unknown>();
    note.set("text", new Y.Text(text));
    note.set("placement", { zone: "roots", x: 100, y: 1400 });
    note.set("voice", "unspecified");
    note.set("createdAt", 1_760_000_000_000);
    doc.getMap("notes").set(id, note);
  });
}
