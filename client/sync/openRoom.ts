import * as decoding from "lib0/decoding";
import { WebsocketProvider } from "y-websocket";
import type * as Y from "yjs";
import { z } from "zod";
import type { BoardId } from "../../shared/board/ids.ts";
import { closeReasons } from "../../shared/protocol/closeReasons.ts";
import { silenceTimeoutMs } from "../../shared/protocol/limits.ts";
import {
  decodeSaved,
  messageSaved,
  messageSync,
  messageWorkshopState,
  subprotocolKeyPrefix,
  subprotocolOurs,
  subprotocolParticipantPrefix,
  syncStep2,
  syncUpdate,
} from "../../shared/protocol/messages.ts";
import { type Role, type WorkshopState, workshopStateSchema } from "../../shared/workshop/workshop.ts";
import { type Connection, type ConnectionEvent, nextConnection, startApart } from "./connection.ts";

/*
 * The stock y-websocket provider, with a socket of our own under it that counts the sync frames it sends, and with
 * handlers for the two messages that only our clients get. Tabs of one browser talk through the server like any two
 * devices: one way for data to travel, and no key of one board ever meets another.
 */

export type Room = {
  readonly awareness: WebsocketProvider["awareness"];
  readonly connection: () => Connection;
  /** A change was made here: without a connection it counts as kept on this device only. */
  readonly noteLocalChange: () => void;
  readonly close: () => void;
};

export type RoomOptions = {
  readonly doc: Y.Doc;
  readonly boardId: BoardId;
  readonly boardKey: string;
  readonly participantToken: string | null;
  readonly role: Role;
  /** `ws://host` or `wss://host`. */
  readonly server: string;
  readonly now: () => number;
  readonly onConnection: () => void;
  readonly onWorkshopState: (state: WorkshopState) => void;
  /** Asks the server whether this key is still good; false ends the attempts. */
  readonly isStillWelcome: () => Promise<boolean>;
};

const jsonSchema = z.string().max(5_000_000);
const triesBeforeAsking = 4;

export function openRoom(options: RoomOptions): Room {
  const { doc, boardId, boardKey, participantToken, role, now } = options;
  let connection = startApart;
  let heardAt = now();
  let failedTries = 0;

  function happen(event: ConnectionEvent): void {
    const next = nextConnection(connection, event);
    if (next === connection) return;
    connection = next;
    options.onConnection();
  }

  class CountingSocket extends WebSocket {
    override send(data: Parameters<WebSocket["send"]>[0]): void {
      const kind = syncKindOf(data);
      // A view link never writes: what it would send is the empty answer to the relay's question.
      if (kind !== null && role === "view") {
        if (kind === syncStep2) happen({ type: "frameSent", isAnswer: true, at: now() });
        if (kind !== syncStep2) return;
      } else if (kind !== null) {
        happen({ type: "frameSent", isAnswer: kind === syncStep2, at: now() });
      }
      super.send(data);
    }
  }

  const provider = new WebsocketProvider(`${options.server}/rooms`, boardId, doc, {
    protocols: [
      subprotocolOurs,
      `${subprotocolKeyPrefix}${boardKey}`,
      ...(participantToken === null ? [] : [`${subprotocolParticipantPrefix}${participantToken}`]),
    ],
    WebSocketPolyfill: CountingSocket,
    disableBc: true,
    // Spread over two seconds, so that a whole room does not come back in the same instant.
    maxBackoffTime: 1_500 + Math.round((doc.clientID % 1000) * 1.5),
  });

  provider.messageHandlers[messageSaved] = (_encoder, decoder) => {
    heardAt = now();
    const message = decodeSaved(decoder);
    if (message.ok) happen({ type: "heard", message: message.value });
  };
  provider.messageHandlers[messageWorkshopState] = (_encoder, decoder) => {
    heardAt = now();
    const state = readState(decoder);
    if (state !== null) options.onWorkshopState(state);
  };

  provider.on("status", ({ status }: { status: string }) => {
    if (status === "connected") {
      heardAt = now();
      failedTries = 0;
      happen({ type: "opened" });
    } else if (status === "disconnected") {
      happen({ type: "lost" });
    }
  });
  provider.on("connection-close", (event: CloseEvent | null) => {
    happen({ type: "lost" });
    const reason = stopReasonOf(event?.code ?? 0);
    if (reason !== null) stop(reason);
  });
  provider.on("connection-error", () => {
    happen({ type: "lost" });
    failedTries += 1;
    if (failedTries % triesBeforeAsking !== 0) return;
    void options.isStillWelcome().then((isWelcome) => {
      if (!isWelcome) stop("refused");
    });
  });

  function stop(reason: "revoked" | "deleted" | "refused"): void {
    provider.disconnect();
    happen({ type: "stopped", reason });
  }

  /** A laptop that wakes finds a socket that looks open and is not: better a new one at once. */
  function wake(): void {
    if (document.visibilityState === "hidden" || connection.kind === "closed") return;
    if (connection.kind === "open" && now() - heardAt < silenceTimeoutMs / 2) return;
    provider.disconnect();
    provider.connect();
  }
  const watchdog = setInterval(() => {
    if (connection.kind === "open" && now() - heardAt > silenceTimeoutMs) wake();
  }, 2_000);
  const wakeEvents = ["online", "pageshow", "focus"] as const;
  for (const name of wakeEvents) addEventListener(name, wake);
  document.addEventListener("visibilitychange", wake);
  const onOffline = () => provider.ws?.close();
  addEventListener("offline", onOffline);

  return {
    awareness: provider.awareness,
    connection: () => connection,
    noteLocalChange: () => happen({ type: "changedHere" }),
    close() {
      clearInterval(watchdog);
      for (const name of wakeEvents) removeEventListener(name, wake);
      document.removeEventListener("visibilitychange", wake);
      removeEventListener("offline", onOffline);
      provider.destroy();
    },
  };
}

function syncKindOf(data: unknown): number | null {
  if (!(data instanceof Uint8Array) || data[0] !== messageSync) return null;
  const kind = data[1];
  return kind === syncStep2 || kind === syncUpdate ? kind : null;
}

function stopReasonOf(code: number): "revoked" | "deleted" | "refused" | null {
  if (code === closeReasons.revoked.code) return "revoked";
  if (code === closeReasons.deleted.code) return "deleted";
  return code >= 4400 && code <= 4499 ? "refused" : null;
}

function readState(decoder: decoding.Decoder): WorkshopState | null {
  try {
    const json = jsonSchema.parse(decoding.readVarString(decoder));
    const state = workshopStateSchema.safeParse(JSON.parse(json));
    return state.success ? state.data : null;
  } catch {
    // A message that ends early or is no JSON is passed over; the next one is whole again.
    return null;
  }
}
