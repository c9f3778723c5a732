import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { boardIdSchema } from "../../shared/board/ids.ts";
import {
  subprotocolKeyPrefix,
  subprotocolOurs,
  subprotocolParticipantPrefix,
  subprotocolStock,
} from "../../shared/protocol/messages.ts";
import type { ProblemType } from "../../shared/workshop/api.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { hangUp } from "../problem.ts";
import type { Settings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import type { Keyring } from "./keys.ts";
import { networkOf } from "./networkOf.ts";
import { isAllowedOrigin } from "./origin.ts";
import type { Relay, Visitor } from "./relay.ts";
import { createWireFactory } from "./webSocketWire.ts";

/*
 * The door: who may come in is decided before there is a websocket, so that strangers cost nothing and learn nothing.
 */

export type UpgradeOptions = {
  readonly settings: Settings;
  readonly store: Pick<Store, "groupOfBoard" | "workshop">;
  readonly keyring: Keyring;
  readonly relay: Pick<Relay, "enter" | "isClosing">;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "refused">;
  readonly addressOf: (request: IncomingMessage) => string;
};

export type Upgrade = {
  readonly handle: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly close: () => void;
};

type Refusal = {
  readonly problem: ProblemType;
  readonly reason: string | null;
  readonly detail?: string;
};

const refusals = {
  closing: { problem: "unavailable", reason: null },
  failed: { problem: "unavailable", reason: "storeFailing" },
  origin: { problem: "forbidden", reason: "origin", detail: "Only pages of this server open a socket." },
  key: { problem: "not-found", reason: "key" },
  subprotocol: {
    problem: "bad-request",
    reason: "subprotocol",
    detail: `Offer the subprotocol ${subprotocolStock} or ${subprotocolOurs}.`,
  },
  handshake: { problem: "bad-request", reason: "handshake", detail: "This is no handshake of a websocket." },
  connections: { problem: "too-many-requests", reason: "connections" },
} as const satisfies Readonly<Record<string, Refusal>>;

export function createUpgrade(options: UpgradeOptions): Upgrade {
  const { settings, store, keyring, relay, log, metrics, addressOf } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: settings.limits.frameBytes,
    perMessageDeflate: false,
    // The relay keeps its own list; this one would only be a second.
    clientTracking: false,
    handleProtocols: (offered) => (offered.has(subprotocolOurs) ? subprotocolOurs : subprotocolStock),
  });
  sockets.on("wsClientError", (_error, socket) => turnAway(socket, refusals.handshake));
  const wireOf = createWireFactory();
  const connectionsByNetwork = new Map<string, number>();

  function count(network: string, more: 1 | -1): void {
    const open = (connectionsByNetwork.get(network) ?? 0) + more;
    if (open <= 0) connectionsByNetwork.delete(network);
    else connectionsByNetwork.set(network, open);
  }

  async function visitorOf(request: IncomingMessage, offered: readonly string[]): Promise<Visitor | null> {
    const [, rooms, id, ...rest] = (request.url ?? "").split("?")[0]?.split("/") ?? [];
    const boardId = boardIdSchema.safeParse(id);
    if (rooms !== "rooms" || rest.length > 0 || !boardId.success) return null;
    const group = await store.groupOfBoard(boardId.data);
    const workshop = group === null ? null : await store.workshop(group.workshopId);
    if (group === null || workshop === null) return null;
    const after = (prefix: string) =>
      offered.find((name) => name.startsWith(prefix))?.slice(prefix.length) ?? "";
    const role = keyring.roleOnBoard(after(subprotocolKeyPrefix), workshop, group);
    if (role === null) return null;
    return {
      boardId: group.facts.boardId,
      workshopId: workshop.facts.id,
      role,
      participant: keyring.participantOfToken(group.facts.boardId, after(subprotocolParticipantPrefix)),
      isOurs: offered.includes(subprotocolOurs),
    };
  }

  async function admit(request: IncomingMessage, network: string): Promise<Visitor | keyof typeof refusals> {
    const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
    if (relay.isClosing()) return "closing";
    if (!isAllowedOrigin(request, settings.publicUrl)) return "origin";
    const visitor = await visitorOf(request, offered);
    if (visitor === null) return "key";
    if (!offered.includes(subprotocolOurs) && !offered.includes(subprotocolStock)) return "subprotocol";
    const open = connectionsByNetwork.get(network) ?? 0;
    return open >= settings.limits.connectionsPerAddress ? "connections" : visitor;
  }

  function turnAway(socket: Duplex, { problem, reason, detail }: Refusal): void {
    if (reason !== null) {
      metrics.refused(reason);
      log.info({ reason }, "refused at the door");
    }
    hangUp(socket, problem, detail === undefined ? {} : { detail });
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const network = networkOf(addressOf(request));
    const admitted = await admit(request, network);
    if (typeof admitted === "string") return turnAway(socket, refusals[admitted]);
    if (socket.destroyed) return;
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      count(network, 1);
      webSocket.on("close", () => count(network, -1));
      relay.enter(wireOf(webSocket, socket), admitted);
    });
  }

  return {
    handle(request, socket, head) {
      socket.on("error", () => socket.destroy());
      upgrade(request, socket, head).catch((error: unknown) => {
        log.error({ error: String(error) }, "upgrade failed");
        turnAway(socket, refusals.failed);
      });
    },
    close: () => sockets.close(),
  };
}
