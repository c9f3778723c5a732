import { setMaxListeners } from "node:events";
import { vi } from "vitest";
import { WebSocket } from "ws";
import type { Awareness } from "y-protocols/awareness";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { openRoom } from "../../client/sync/openRoom.ts";
import { type SavedState, savedStateOf } from "../../client/sync/savedState.ts";
import { boardIdSchema } from "../../shared/board/ids.ts";
import { subprotocolKeyPrefix, subprotocolStock } from "../../shared/protocol/messages.ts";

/** The two clients that people use: the one of this product, and y-websocket's own provider as it comes. */
export type ClientKind = "ours" | "stock";

export type Device = {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** Connected and told everything, as far as it knows. */
  readonly isIn: () => boolean;
  /** What it shows about its work; null for a stock client, which shows nothing. */
  readonly savedState: () => SavedState["kind"] | null;
  readonly close: () => void;
};

export type DeviceOptions = {
  readonly socketUrl: string;
  readonly boardId: string;
  readonly key: string;
  /** Who this is; a stock client has no way to say it. */
  readonly participantToken: string | null;
};

export function openDevice(kind: ClientKind, options: DeviceOptions): Device {
  return kind === "ours" ? openOurs(options) : openStock(options);
}

function openOurs({ socketUrl, boardId, key, participantToken }: DeviceOptions): Device {
  const doc = new Y.Doc();
  const room = openRoom({
    doc,
    boardId: boardIdSchema.parse(boardId),
    boardKey: key,
    participantToken,
    server: socketUrl.replace(/\/rooms$/, ""),
    copyLoaded: Promise.resolve(),
    now: Date.now,
    random: Math.random,
    onConnection: () => undefined,
    onWorkshopState: () => undefined,
    isStillWelcome: async () => true,
  });
  const savedState = () => savedStateOf(room.connection(), true).kind;
  return {
    doc,
    awareness: room.awareness,
    isIn: () => savedState() === "saved",
    savedState,
    close() {
      room.close();
      doc.destroy();
    },
  };
}

function openStock({ socketUrl, boardId, key }: DeviceOptions): Device {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(socketUrl, boardId, doc, {
    protocols: [subprotocolStock, subprotocolKeyPrefix + key],
    // The type of `ws` differs from the browser's in what tests do not use.
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  return {
    doc,
    awareness: provider.awareness,
    isIn: () => provider.synced,
    savedState: () => null,
    close() {
      provider.destroy();
      doc.destroy();
    },
  };
}

export type FakeBrowser = {
  /** What a laptop tells its pages when it wakes or finds a network again. */
  readonly wake: () => void;
  readonly remove: () => void;
};

/** The little that our client asks of a browser, for Node. */
export function installFakeBrowser(): FakeBrowser {
  const page = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: "visible", hidden: false });
  // In a browser each device has a page and a process of its own; here tens of them share one, and that is no leak.
  const listenersBefore = process.getMaxListeners();
  setMaxListeners(0, page, document);
  process.setMaxListeners(0);
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  vi.stubGlobal("document", document);
  vi.stubGlobal("WebSocket", WebSocket);
  return {
    wake() {
      document.dispatchEvent(new Event("visibilitychange"));
      page.dispatchEvent(new Event("online"));
    },
    remove() {
      process.setMaxListeners(listenersBefore);
      vi.unstubAllGlobals();
    },
  };
}
