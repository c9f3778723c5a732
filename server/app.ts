import { mkdirSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import proxyAddress from "@fastify/proxy-addr";
import type { RandomBytes } from "../shared/board/ids.ts";
import type { Exporter } from "./exporting/exporter.ts";
import { createBudget } from "./http/budget.ts";
import type { HttpContext } from "./http/context.ts";
import { createHttpServer } from "./http/httpServer.ts";
import type { Log } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import type { Clock } from "./relay/clock.ts";
import type { Compactor } from "./relay/compactor.ts";
import { createKeyring } from "./relay/keys.ts";
import { createBusyShare } from "./relay/pace.ts";
import { createRelay } from "./relay/relay.ts";
import { createUpgrade } from "./relay/upgrade.ts";
import { type Settings, StartError, trustedProxies } from "./settings.ts";
import { lockFolder } from "./store/folderLock.ts";
import { readOrMakeSecret } from "./store/secretFile.ts";
import type { Store } from "./store/store.ts";

export type RunningServer = {
  readonly port: number;
  readonly context: HttpContext;
  /** Confirms and keeps everything, says goodbye, and ends; at most five seconds. */
  readonly stop: () => Promise<void>;
};

export type ServerParts = {
  readonly settings: Settings;
  readonly log: Log;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  /** Opens the database file, making it when it is not there yet. */
  readonly openStore: (file: string) => Promise<Store>;
  readonly compactor: Compactor;
  readonly exporter: Exporter;
};

const closingGraceMs = 500;

/** The one file that everything is in. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, "collaboration-tree.sqlite");
}

/** Puts the parts together; everything that differs between a test and real life is handed in. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { settings, log, clock, randomBytes, openStore, compactor, exporter } = parts;
  const { now, elapsed, after } = clock;
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  const lock = lockFolder(settings.dataDir);
  if (!lock.ok) throw new StartError(`${settings.dataDir} is in use by another server of this product`);
  const store = await openStore(databaseFile(settings.dataDir));
  const keyring = createKeyring(settings.serverSecret ?? readOrMakeSecret(settings.dataDir, randomBytes));
  const isProxy = proxyAddress.compile(trustedProxies(settings));
  const addressOf = (request: IncomingMessage) => proxyAddress(request, isProxy);
  const metrics = createMetrics(() => {
    return { ...relay.counts(), isStoreFailing: relay.storeFailingForMs() !== null };
  });
  const relay = createRelay({
    limits: settings.limits,
    store,
    compactor,
    clock,
    busyShare: createBusyShare(),
    log,
    metrics,
  });
  const upgrade = createUpgrade({ settings, store, keyring, relay, log, metrics, addressOf });
  const boardsBudget = createBudget({
    burst: settings.limits.boardsBurst,
    perSecond: settings.limits.boardsPerMinute / 60,
    elapsed,
  });
  const context: HttpContext = {
    settings,
    store,
    relay,
    keyring,
    boardsBudget,
    exporter,
    metrics,
    log,
    now,
    elapsed,
    after,
    randomBytes,
  };
  const http = await createHttpServer(context);
  http.server.on("upgrade", upgrade.handle);
  await http.listen({ host: settings.host, port: settings.port });
  const address = http.server.address() as AddressInfo;

  return {
    port: address.port,
    context,
    async stop() {
      await relay.close();
      upgrade.close();
      const closed = http.close();
      // Whoever holds a connection open without asking anything, as browsers do ahead of time, is not waited for.
      const impatience = setTimeout(() => http.server.closeAllConnections(), closingGraceMs);
      await closed;
      clearTimeout(impatience);
      await compactor.close();
      await exporter.close();
      await store.close();
      lock.value.release();
    },
  };
}
