import * as decoding from "lib0/decoding";
import { WebsocketProvider } from "y-websocket";
import type * as Y from "yjs";
import { z } from "zod";
import type { BoardId } from "../../shared/board/ids.ts";
import {
  decodeSaved,
  encodePresenceWanted,
  encodeProbe,
  messageSaved,
  messageSync,
  messageWorkshopState,
  subprotocolKeyPrefix,
  subprotocolOurs,
  subprotocolParticipantPrefix,
} from "../../shared/protocol/messages.ts";
import { assertNever } from "../../shared/result.ts";
import { type WorkshopState, workshopStateSchema } from "../../shared/workshop/workshop.ts";
import { nextConnection } from "./connection.ts";
import {
  alarmOf,
  type Command,
  type Connection,
  type ConnectionEvent,
  startConnection,
} from "./connectionState.ts";
import { forgetOthers } from "./othersPresence.ts";
import { createRoomSocket } from "./roomSocket.ts";
import { answerIn, takeAnswer } from "./wholeAnswer.ts";

/*
 * The thin edge between the connection's state machine, the stock y-websocket provider and the browser. When to connect
 * and when to hang up is the machine's alone: the provider's own back-off and watchdog are switched off. Tabs of one
 * browser talk through the server like any two devices: one way for data to travel, and no key of one board ever meets
 * another.
 */

export type Room = {
  readonly awareness: WebsocketProvider["awareness"];
  readonly connection: () => Connection;
  /** True once the relay has given the whole board: what comes in from there on is new. */
  readonly hasBoard: () => boolean;
  /** Whether others' pointers are shown anywhere here; until it is said, they are. */
  readonly wantPresence: (wish: { readonly isWanted: boolean }) => void;
  /** What the relay refused while the board was locked may be sent again. */
  readonly tryRefusedAgain: () => void;
  readonly close: () => void;
};

export type RoomOptions = {
  readonly doc: Y.Doc;
  readonly boardId: BoardId;
  readonly boardKey: string;
  readonly participantToken: string | null;
  /** `ws://host` or `wss://host`. */
  readonly server: string;
  /** Settles when the copy on this device, if there is one, is in the document: then only what differs has to travel. */
  readonly copyLoaded: Promise<unknown>;
  /** Milliseconds by a clock that goes on while the machine sleeps. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly onConnection: () => void;
  readonly onWorkshopState: (state: WorkshopState) => void;
  /** Asks the server whether this key is still good; false ends the attempts. */
  readonly isStillWelcome: () => Promise<boolean>;
};

const jsonSchema = z.string().max(5_000_000);

export function openRoom(options: RoomOptions): Room {
  const { doc, boardId, boardKey, participantToken, now, random } = options;
  let connection = startConnection(now());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isHappening = false;
  let isClosed = false;
  let isPresenceWanted = true;
  let updatesSent = 0;
  const coming: ConnectionEvent[] = [];

  /** One event after the other, also those that a command brings about while it is carried out. */
  function happen(event: ConnectionEvent): void {
    coming.push(event);
    if (isHappening) return;
    isHappening = true;
    try {
      for (let next = coming.shift(); next !== undefined && !isClosed; next = coming.shift()) {
        const step = nextConnection(connection, next, { at: now(), chance: random() });
        connection = step.connection;
        setAlarm();
        step.commands.forEach(carryOut);
        options.onConnection();
      }
    } finally {
      isHappening = false;
    }
  }

  function setAlarm(): void {
    clearTimeout(timer);
    const alarmAt = alarmOf(connection);
    if (alarmAt !== null) timer = setTimeout(() => happen({ type: "alarm" }), alarmAt - connection.time);
  }

  function carryOut(command: Command): void {
    switch (command.type) {
      case "connect":
        provider.connect();
        return;
      case "hangUp":
        provider.disconnect();
        return;
      case "probe":
        send(encodeProbe());
        return;
      case "askWhetherWelcome":
        void options.isStillWelcome().then((isWelcome) => {
          if (!isWelcome) happen({ type: "turnedAway" });
        });
        return;
      default:
        assertNever(command);
    }
  }

  /** Past the provider; a socket that is closing takes nothing more, and its end is on the way. */
  function send(frame: Uint8Array): void {
    const { ws } = provider;
    if (ws !== null && ws.readyState === ws.OPEN) ws.send(frame.slice());
  }

  const provider = new WebsocketProvider(`${options.server}/rooms`, boardId, doc, {
    connect: false,
    protocols: [
      subprotocolOurs,
      `${subprotocolKeyPrefix}${boardKey}`,
      ...(participantToken === null ? [] : [`${subprotocolParticipantPrefix}${participantToken}`]),
    ],
    WebSocketPolyfill: createRoomSocket({
      number: () => connection.sockets,
      onOpen(socket) {
        // Before the provider says anything: who shows no pointers is not to get them all once.
        if (!isPresenceWanted) send(encodePresenceWanted(false));
        happen({ type: "opened", socket });
      },
      onMessage(socket, { isBoard }) {
        happen({ type: "heard", socket, message: { kind: isBoard ? "board" : "other" } });
      },
      onClose: (socket, reason) => happen({ type: "closed", socket, reason }),
      onSyncFrames(socket, { isAnswer, frames }) {
        if (!isAnswer) updatesSent += 1;
        happen({ type: "framesSent", socket, isAnswer, frames });
      },
    }),
    disableBc: true,
    shouldReconnect: () => false,
  });
  // It would hang up on a laptop that wakes without asking; asking is what the machine does.
  clearInterval(provider._checkInterval);

  const readSync = provider.messageHandlers[messageSync];
  provider.messageHandlers[messageSync] = (encoder, decoder, ...rest) => {
    const answer = answerIn(decoder);
    const read = () => readSync?.(encoder, decoder, ...rest);
    if (answer === null) read();
    else takeAnswer(doc, answer, read);
  };
  // The provider hands on only what its newest socket brings.
  provider.messageHandlers[messageSaved] = (_encoder, decoder) => {
    const message = decodeSaved(decoder);
    const socket = connection.sockets;
    happen({ type: "heard", socket, message: message.ok ? message.value : { kind: "other" } });
  };
  provider.messageHandlers[messageWorkshopState] = (_encoder, decoder) => {
    const state = readState(decoder);
    if (state !== null) options.onWorkshopState(state);
  };
  let hasBoard = false;
  provider.on("sync", (isSynced: boolean) => {
    hasBoard ||= isSynced;
    options.onConnection();
  });
  provider.on("status", ({ status }: { status: string }) => {
    if (status === "disconnected") forgetOthers(provider.awareness);
  });

  // The provider listens to the document since before this: what it could send went out just now.
  let updatesSeen = 0;
  function onUpdate(_update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void {
    const wasSent = updatesSent > updatesSeen;
    updatesSeen = updatesSent;
    if (origin !== provider) happen({ type: "changedHere", isOwnChange: transaction.local, wasSent });
  }
  doc.on("update", onUpdate);

  const onWake = () => {
    if (document.visibilityState !== "hidden") happen({ type: "woke" });
  };
  const onOffline = () => happen({ type: "wentOffline" });
  const wakeEvents = ["online", "pageshow", "focus"] as const;
  for (const name of wakeEvents) addEventListener(name, onWake);
  document.addEventListener("visibilitychange", onWake);
  addEventListener("offline", onOffline);

  setAlarm();
  void options.copyLoaded.then(() => happen({ type: "copyLoaded" }));

  return {
    awareness: provider.awareness,
    connection: () => connection,
    hasBoard: () => hasBoard,
    wantPresence({ isWanted }) {
      if (isWanted === isPresenceWanted) return;
      isPresenceWanted = isWanted;
      send(encodePresenceWanted(isWanted));
      // What was still on the way when it was declined is no news when it is wanted again. Not at once: this may be said by
      // somebody who hears of the others now, and the provider hears the same news after them.
      queueMicrotask(() => forgetOthers(provider.awareness));
    },
    tryRefusedAgain: () => happen({ type: "unlocked" }),
    close() {
      isClosed = true;
      clearTimeout(timer);
      for (const name of wakeEvents) removeEventListener(name, onWake);
      document.removeEventListener("visibilitychange", onWake);
      removeEventListener("offline", onOffline);
      doc.off("update", onUpdate);
      provider.destroy();
    },
  };
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
