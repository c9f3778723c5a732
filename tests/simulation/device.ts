import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { applyAwarenessUpdate, removeAwarenessStates } from "y-protocols/awareness";
import { readSyncMessage } from "y-protocols/sync";
import * as Y from "yjs";
import { introductionMs } from "../../server/relay/presenceFanOut.ts";
import type { BoardId, ParticipantId } from "../../shared/board/ids.ts";
import type { BoardWriter } from "../../shared/board/writeBoard.ts";
import { type CloseReason, closeReasons } from "../../shared/protocol/closeReasons.ts";
import {
  decodeSaved,
  encodeProbe,
  messageAuth,
  messageAwareness,
  messageQueryAwareness,
  messageSaved,
  messageSync,
  messageWorkshopState,
  syncStep1,
  syncStep2,
} from "../../shared/protocol/messages.ts";
import type { Role } from "../../shared/workshop/workshop.ts";
import { createMemoryLink, type MemoryLink } from "../support/memoryWire.ts";
import {
  isWaiting,
  openPage,
  type Page,
  type PageOptions,
  presenceMessage,
  questionMessage,
  updateMessage,
} from "./page.ts";
import type { Reach } from "./reach.ts";

/*
 * Somebody's device: a real document, the y-websocket protocol as its released client speaks it, and, when it is one
 * of ours, a count of what it sent and of what it was told about that.
 */

export type DeviceFacts = {
  readonly name: string;
  readonly boardId: BoardId;
  readonly role: Role;
  readonly participant: ParticipantId | null;
  /** Asks for *saved*; a stock client does not. */
  readonly isOurs: boolean;
};

/** A frame that may change the board. `whole`: all that its sender had then, when its *saved* speaks for all of that. */
export type SentFrame = { readonly update: Uint8Array; readonly whole: Reach | null };

/** One connection of a device, from its opening to its end. */
export type Session = {
  readonly device: Device;
  readonly link: MemoryLink;
  readonly sent: readonly SentFrame[];
  readonly isOpen: () => boolean;
  /** The relay's state vector was answered: from here on *saved* may mean everything. */
  readonly hasAnswered: () => boolean;
  readonly isSynced: () => boolean;
  readonly savedHeard: () => number;
  readonly refusalsHeard: () => number;
};

export type Device = DeviceFacts & {
  readonly doc: () => Y.Doc;
  readonly writer: () => BoardWriter;
  readonly session: () => Session | null;
  readonly connect: () => Session;
  /** The person closes the page: the relay is told. */
  readonly leave: () => void;
  /** The page is gone without a word, and the device does not wait for the network to notice. */
  readonly abandon: () => void;
  /** Moves the pointer, which everybody else on the board sees. */
  readonly point: (x: number) => void;
  /** Asks whether anybody is there; one of ours hears *saved*. */
  readonly probe: () => void;
  /** Repeats its presence, as clients do every fifteen seconds. */
  readonly repeatPresence: () => void;
  /** Where the others point, by client id. */
  readonly presenceOfOthers: () => ReadonlyMap<number, unknown>;
  readonly presence: () => { readonly clientId: number; readonly state: unknown };
  /** The page opens anew, with what the browser kept. */
  readonly reload: () => void;
  /** The browser kept nothing, or somebody takes another device. */
  readonly forget: () => void;
};

export type DeviceOptions = DeviceFacts &
  PageOptions & {
    /** An honest client met something that should not be. */
    readonly fail: (message: string) => never;
  };

type SessionState = {
  readonly link: MemoryLink;
  readonly sent: SentFrame[];
  isOpen: boolean;
  readonly startedAt: number;
  hasAnswered: boolean;
  isSynced: boolean;
  savedHeard: number;
  refusalsHeard: number;
  /** The page held something before that builds on what it never got. */
  readonly wasWaiting: boolean;
};
export function createDevice(options: DeviceOptions): Device {
  const { name, fail } = options;
  /** What this page said last of itself; nobody else may change it. */
  let shown: Record<string, unknown> | null = null;
  let page = open(null);
  let current: { readonly state: SessionState; readonly session: Session } | null = null;
  let pointed = 0;

  function open(kept: Uint8Array | null): Page {
    const opened = openPage(options, kept);
    shown = opened.awareness.getLocalState();
    opened.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (current === null || origin === current.state || !current.state.isOpen) return;
      sendFrame(current.state, updateMessage(update), update);
    });
    // As released clients do, whoever changed it: their own move, or the relay.
    opened.awareness.on("update", (changes: Record<"added" | "updated" | "removed", number[]>) => {
      const { added, updated, removed } = changes;
      if ([...added, ...updated, ...removed].includes(opened.doc.clientID)) sendPresence();
    });
    return opened;
  }

  function sendFrame(state: SessionState, message: Uint8Array, update: Uint8Array): void {
    state.sent.push({ update, whole: state.hasAnswered ? page.reach.now() : null });
    state.link.sendAsClient(message);
  }

  function sendPresence(): void {
    if (current?.state.isOpen === true) current.state.link.sendAsClient(presenceMessage(page));
  }

  function end(state: SessionState): void {
    state.isOpen = false;
    if (current?.state === state) current = null;
    const { awareness, doc } = page;
    const others = [...awareness.getStates().keys()].filter((id) => id !== doc.clientID);
    removeAwarenessStates(awareness, others, "end");
  }

  /** Reads one message of one websocket message, as released clients do. */
  function hear(state: SessionState, message: Uint8Array): void {
    const decoder = decoding.createDecoder(message);
    const kind = decoding.readVarUint(decoder);
    switch (kind) {
      case messageSync:
        hearSync(state, decoder);
        break;
      case messageAwareness:
        applyAwarenessUpdate(page.awareness, decoding.readVarUint8Array(decoder), state);
        checkOwnPresence(state);
        break;
      case messageQueryAwareness:
        sendPresence();
        break;
      case messageAuth:
        state.refusalsHeard += 1;
        break;
      case messageSaved:
      case messageWorkshopState:
        if (!options.isOurs) fail(`${name}, a stock client, gets a message ${kind}`);
        if (kind === messageSaved) hearSaved(state, decoder);
        break;
      default:
        fail(`${name} gets an unknown message ${kind}`);
    }
  }

  /** What a page shows of itself is its own, unless its first words took so long that nobody knew who it was. */
  function checkOwnPresence({ startedAt }: SessionState): void {
    const now = page.awareness.getLocalState();
    if (now === shown) return;
    if (options.now() - startedAt < introductionMs) {
      fail(`${name} shows what it showed before, because somebody said so`);
    }
    shown = now;
  }

  function hearSync(state: SessionState, decoder: decoding.Decoder): void {
    const { doc } = page;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, messageSync);
    const kind = readSyncMessage(decoder, encoder, doc, state, (error) =>
      fail(`${name} cannot apply what it gets: ${error.message}`),
    );
    if (kind !== syncStep1) {
      if (kind === syncStep2) state.isSynced = true;
      // Until the answer is there, what others do meanwhile may have to wait for it.
      if (state.isSynced && !state.wasWaiting && isWaiting(doc)) {
        fail(`${name} gets changes that build on something it was never told`);
      }
      return;
    }
    const answer = encoding.toUint8Array(encoder);
    const reader = decoding.createDecoder(answer);
    decoding.readVarUint(reader);
    decoding.readVarUint(reader);
    state.hasAnswered = true;
    sendFrame(state, answer, decoding.readVarUint8Array(reader));
  }

  function hearSaved(state: SessionState, decoder: decoding.Decoder): void {
    const told = decodeSaved(decoder);
    if (!told.ok) fail(`${name} cannot read what the relay says about saving`);
    else if (told.value.kind === "saved") {
      if (told.value.count > state.sent.length) fail(`${name} is told more saved than it sent`);
      if (told.value.count < state.savedHeard) fail(`${name} is told less saved than before`);
      state.savedHeard = told.value.count;
    } else if (told.value.kind === "refused") state.refusalsHeard += 1;
  }

  function connect(): Session {
    if (current !== null) throw new Error(`${name} is connected already`);
    const link = createMemoryLink({
      onOpen() {
        if (current?.state !== state) return;
        state.isOpen = true;
        link.sendAsClient(questionMessage(page.doc));
        sendPresence();
      },
      onMessage(message) {
        // Who has gone hears nothing any more.
        if (current?.state === state) hear(state, message);
      },
      onEnd(code) {
        if (current?.state !== state) return;
        end(state);
        if (isForEver(code)) fail(`${name} is sent away for ever, with ${code}`);
      },
    });
    const state: SessionState = {
      link,
      sent: [],
      isOpen: false,
      startedAt: options.now(),
      hasAnswered: false,
      isSynced: false,
      savedHeard: 0,
      refusalsHeard: 0,
      wasWaiting: isWaiting(page.doc),
    };
    const session: Session = {
      device,
      link,
      sent: state.sent,
      isOpen: () => state.isOpen,
      hasAnswered: () => state.hasAnswered,
      isSynced: () => state.isSynced,
      savedHeard: () => state.savedHeard,
      refusalsHeard: () => state.refusalsHeard,
    };
    current = { state, session };
    return session;
  }

  const device: Device = {
    name,
    boardId: options.boardId,
    role: options.role,
    participant: options.participant,
    isOurs: options.isOurs,
    doc: () => page.doc,
    writer: () => page.writer,
    session: () => current?.session ?? null,
    connect,
    leave() {
      if (current === null) return;
      current.state.link.leaveAsClient();
      end(current.state);
    },
    abandon() {
      if (current !== null) end(current.state);
    },
    point(x) {
      pointed += 1;
      shown = { x, pointed };
      page.awareness.setLocalState(shown);
    },
    probe() {
      if (options.isOurs && current?.state.isOpen === true) current.state.link.sendAsClient(encodeProbe());
    },
    repeatPresence() {
      page.awareness.setLocalState(page.awareness.getLocalState());
    },
    presenceOfOthers() {
      const states = new Map<number, unknown>(page.awareness.getStates());
      states.delete(page.doc.clientID);
      return states;
    },
    presence: () => ({ clientId: page.doc.clientID, state: shown }),
    reload() {
      const kept = Y.encodeStateAsUpdate(page.doc);
      page.doc.destroy();
      page = open(kept);
    },
    forget() {
      page.doc.destroy();
      page = open(null);
    },
  };
  return device;
}

/** What a well-behaved client never meets: the relay tells it not to come back. */
function isForEver(code: number | null): boolean {
  const reasons: readonly (typeof closeReasons)[CloseReason][] = Object.values(closeReasons);
  return reasons.some((reason) => reason.code === code && reason.next === "stop");
}
