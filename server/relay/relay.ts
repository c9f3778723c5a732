import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { type BoardId, boardIdSchema, type WorkshopId } from "../../shared/board/ids.ts";
import { closeReasons } from "../../shared/protocol/closeReasons.ts";
import {
  encodeWorkshopState,
  subprotocolKeyPrefix,
  subprotocolOurs,
  subprotocolParticipantPrefix,
  subprotocolStock,
} from "../../shared/protocol/messages.ts";
import type { Present, Role, WorkshopState } from "../../shared/workshop/workshop.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Settings } from "../settings.ts";
import type { GroupRecord, Store } from "../store/store.ts";
import { createCommitter } from "./committer.ts";
import { createConnection } from "./connection.ts";
import type { Keyring } from "./keys.ts";
import type { Member } from "./member.ts";
import { isAllowedOrigin } from "./origin.ts";
import { createRooms, type Rooms } from "./rooms.ts";

export type RelayOptions = {
  readonly settings: Settings;
  readonly store: Store;
  readonly keyring: Keyring;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly now: () => number;
  readonly addressOf: (request: IncomingMessage) => string;
};

export type Relay = {
  readonly handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly rooms: Rooms;
  /**
   * What a connection of a workshop gets. Of people, everybody's for whoever manages; with `of`, only those of that
   * board: their names are for their own group.
   */
  readonly workshopState: (id: WorkshopId, of: BoardId | null) => Promise<WorkshopState | null>;
  /** Sends the state to every connection of a workshop, soon. */
  readonly workshopChanged: (id: WorkshopId) => void;
  readonly connectionsOf: (boardId: BoardId) => number;
  readonly storeFailingForMs: () => number | null;
  readonly counts: () => {
    readonly rooms: number;
    readonly members: number;
    readonly unsaved: number;
  };
  /** Tells everyone to come back, keeps everything, and ends. */
  readonly close: () => Promise<void>;
};

const pushDelayMs = 150;
/** After this long, members were sent away; newcomers would only wait for a disk that does not answer. */
const patienceMs = 10_000;

export function createRelay(options: RelayOptions): Relay {
  const { settings, store, keyring, log, metrics, now, addressOf } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: settings.limits.frameBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(subprotocolOurs) ? subprotocolOurs : subprotocolStock),
  });
  const connectionsByAddress = new Map<string, number>();
  const placeOfMember = new Map<Member, { readonly workshopId: WorkshopId; readonly boardId: BoardId }>();
  const pushTimers = new Map<WorkshopId, NodeJS.Timeout>();
  let isClosing = false;

  const committer = createCommitter({
    store,
    log,
    metrics,
    now,
    onGivingUp() {
      for (const room of rooms.all()) for (const member of room.members) member.close("storeFailing");
    },
  });
  const rooms = createRooms({ store, committer, log, metrics, now, settings });
  const countRefusal = metrics.refused;

  function present(groups: readonly GroupRecord[]): Present[] {
    return groups.map(({ facts: { boardId } }) => {
      const members = [...(rooms.live(boardId)?.members ?? [])];
      const ids = new Set(
        members.flatMap((member) => (member.participant === null ? [] : [member.participant])),
      );
      return { boardId, participants: [...ids].sort(), connections: members.length };
    });
  }

  async function workshopState(id: WorkshopId, of: BoardId | null): Promise<WorkshopState | null> {
    const workshop = await store.workshop(id);
    if (workshop === null) return null;
    const groups = await store.groupsOf(id);
    return {
      workshop: workshop.facts,
      groups: groups.map((group) => group.facts),
      participants: (await store.participantsOf(id)).filter(({ boardId }) => of === null || boardId === of),
      present: present(groups),
      serverTime: now(),
    };
  }

  async function push(id: WorkshopId): Promise<void> {
    pushTimers.delete(id);
    try {
      const state = await workshopState(id, null);
      if (state === null) return;
      const frames = new Map<BoardId, Uint8Array>();
      for (const [member, place] of placeOfMember) {
        if (place.workshopId !== id) continue;
        const frame = frames.get(place.boardId) ?? stateFrameOf(state, place.boardId);
        frames.set(place.boardId, frame);
        member.sendWorkshopState(frame);
      }
    } catch (error) {
      log.error({ workshopId: id, error: String(error) }, "workshop state not sent");
    }
  }

  function workshopChanged(id: WorkshopId): void {
    if (isClosing || pushTimers.has(id)) return;
    pushTimers.set(
      id,
      setTimeout(() => void push(id), pushDelayMs),
    );
  }

  type Admitted = { readonly boardId: BoardId; readonly workshopId: WorkshopId; readonly role: Role };

  async function admit(request: IncomingMessage, key: string): Promise<Admitted | null> {
    const [, rooms, id, ...rest] = (request.url ?? "").split("?")[0]?.split("/") ?? [];
    const boardId = boardIdSchema.safeParse(id);
    if (rooms !== "rooms" || rest.length > 0 || !boardId.success) return null;
    const group = await store.groupOfBoard(boardId.data);
    const workshop = group === null ? null : await store.workshop(group.workshopId);
    if (group === null || workshop === null) return null;
    const role = keyring.roleOnBoard(key, workshop, group);
    return role === null ? null : { boardId: group.facts.boardId, workshopId: workshop.facts.id, role };
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
    const after = (prefix: string) =>
      offered.find((name) => name.startsWith(prefix))?.slice(prefix.length) ?? "";
    const address = addressOf(request);
    const open = connectionsByAddress.get(address) ?? 0;

    if (isClosing) return refuseUpgrade(socket, 503, "Service Unavailable");
    if (!isAllowedOrigin(request, settings.publicUrl)) {
      countRefusal("origin");
      return refuseUpgrade(socket, 403, "Forbidden");
    }
    const admitted = await admit(request, after(subprotocolKeyPrefix));
    if (admitted === null) {
      countRefusal("key");
      return refuseUpgrade(socket, 404, "Not Found");
    }
    if (!offered.includes(subprotocolOurs) && !offered.includes(subprotocolStock)) {
      countRefusal("subprotocol");
      return refuseUpgrade(socket, 400, "Bad Request");
    }
    if (open >= settings.limits.connectionsPerAddress) {
      countRefusal("connections");
      return refuseUpgrade(socket, 429, "Too Many Requests");
    }
    if (socket.destroyed) return;
    const participant = keyring.participantOfToken(admitted.boardId, after(subprotocolParticipantPrefix));
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      connectionsByAddress.set(address, (connectionsByAddress.get(address) ?? 0) + 1);
      webSocket.on("close", () => {
        const left = (connectionsByAddress.get(address) ?? 1) - 1;
        if (left <= 0) connectionsByAddress.delete(address);
        else connectionsByAddress.set(address, left);
      });
      void enter(webSocket, admitted, participant);
    });
  }

  async function enter(
    socket: WebSocket,
    { boardId, workshopId, role }: Admitted,
    participant: Member["participant"],
  ): Promise<void> {
    // What arrives while the board loads waits in the network, not in memory.
    socket.pause();
    socket.on("error", () => socket.terminate());
    if ((committer.failingForMs() ?? 0) >= patienceMs) {
      countRefusal("storeFailing");
      socket.resume();
      socket.close(closeReasons.storeFailing.code, "storeFailing");
      return;
    }
    try {
      const room = await rooms.open(boardId);
      socket.resume();
      if (socket.readyState !== socket.OPEN || isClosing) {
        socket.close(closeReasons.restart.code);
        rooms.release(room);
        return;
      }
      if (room.members.size >= settings.limits.membersPerRoom) {
        countRefusal("roomFull");
        socket.close(closeReasons.roomFull.code, "roomFull");
        rooms.release(room);
        return;
      }
      const member = createConnection({
        socket,
        room,
        role,
        participant,
        isOurs: socket.protocol === subprotocolOurs,
        settings,
        log,
        metrics,
        now,
        onRefusal: countRefusal,
        onClosed(closed) {
          placeOfMember.delete(closed);
          rooms.release(room);
          workshopChanged(workshopId);
        },
      });
      placeOfMember.set(member, { workshopId, boardId });
      const state = await workshopState(workshopId, boardId);
      if (state !== null) member.sendWorkshopState(stateFrameOf(state, boardId));
      workshopChanged(workshopId);
    } catch (error) {
      log.error({ boardId, error: String(error) }, "board could not be opened");
      countRefusal("storeFailing");
      socket.resume();
      socket.close(closeReasons.storeFailing.code, "storeFailing");
    }
  }

  return {
    handleUpgrade(request, socket, head) {
      socket.on("error", () => socket.destroy());
      upgrade(request, socket, head).catch((error: unknown) => {
        log.error({ error: String(error) }, "upgrade failed");
        refuseUpgrade(socket, 503, "Service Unavailable");
      });
    },
    rooms,
    workshopState,
    workshopChanged,
    connectionsOf: (boardId) => rooms.live(boardId)?.members.size ?? 0,
    storeFailingForMs: committer.failingForMs,
    counts: () => ({
      rooms: rooms.all().length,
      members: placeOfMember.size,
      unsaved: committer.unsaved(),
    }),
    async close() {
      isClosing = true;
      for (const timer of pushTimers.values()) clearTimeout(timer);
      // Frames that already arrived are confirmed before the goodbye.
      await committer.settled();
      for (const member of placeOfMember.keys()) {
        member.tell({ kind: "draining" });
        member.close("restart");
      }
      await rooms.close();
      sockets.close();
    },
  };
}

function stateFrameOf(state: WorkshopState, of: BoardId): Uint8Array {
  const participants = state.participants.filter(({ boardId }) => boardId === of);
  return encodeWorkshopState(JSON.stringify({ ...state, participants }));
}

function refuseUpgrade(socket: Duplex, status: number, words: string): void {
  socket.end(`HTTP/1.1 ${status} ${words}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
