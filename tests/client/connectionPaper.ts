import { nextConnection } from "../../client/sync/connection.ts";
import {
  alarmOf,
  type Connection,
  type ConnectionEvent,
  type Heard,
  startConnection,
} from "../../client/sync/connectionState.ts";
import { type SavedState, savedStateOf } from "../../client/sync/savedState.ts";
import { type CloseReason, endsForGood } from "../../shared/protocol/closeReasons.ts";

/*
 * What a careful person would keep on paper beside the state machine: which changes this device made, which of them lie
 * on the relay's disk, and what was heard of it on which socket. After every event the paper says what the screen may
 * show and what the machine may do. It knows nothing of counters, deadlines or back-off.
 */

/** A change or an answer, which goes out in one frame or in several: the relay has it when it took all of them. */
type Message = {
  readonly holds: readonly number[];
  readonly isAnswer: boolean;
  readonly frames: Frame[];
};
type Frame = { readonly message: Message; fate: "taken" | "refused" | null };

export type PaperSocket = {
  readonly number: number;
  stage: "dialling" | "open" | "gone";
  /** Nothing goes through any more, and nobody is told. */
  isDead: boolean;
  /** Takes nothing more; its end is not told yet. */
  isClosing: boolean;
  readonly frames: Frame[];
  /** What the relay said and the device did not hear yet. */
  readonly inbox: Heard[];
  unansweredProbes: number;
  confirmedHeard: number;
  /** The last frame that the device knows to be refused; `nonsense` when it heard of one that cannot be. */
  refusedHeard: number | "nonsense";
};

const patienceMs = 2_000;
/** A timer of a page that is awake comes a little late. */
const mostLatenessMs = 40;
const worried: readonly SavedState["kind"][] = ["notSavedYet", "offline", "notAccepted", "closed"];

export class Paper {
  connection: Connection;
  readonly sockets: PaperSocket[] = [];
  readonly did = { saved: 0, stopped: 0, refused: 0, hungUp: 0, connected: 0, sentInParts: 0 };
  /** Milliseconds that really passed. */
  real = 0;
  readonly #random: () => number;
  /** When each change was made that is not known to be on disk. */
  readonly #openChanges = new Map<number, number>();
  readonly #onDisk = new Set<number>();
  #changes = 0;
  #clockError = 1_760_000_000_000;
  #slack = 2 * mostLatenessMs;
  #alarmAt: number | null = null;
  #cutSince: number | null = null;
  #toldAt = 0;
  #wasSetBack = false;
  #mayStop = false;

  constructor(random: () => number) {
    this.#random = random;
    this.connection = startConnection(this.#clockError);
    this.#setAlarm();
  }

  get current(): PaperSocket | null {
    const newest = this.sockets.at(-1);
    return newest === undefined || newest.stage === "gone" ? null : newest;
  }

  get old(): readonly PaperSocket[] {
    return this.sockets.filter(({ stage }) => stage === "gone");
  }

  get shown(): SavedState {
    return savedStateOf(this.connection, true);
  }

  /** Tells the machine, does what it asks, and compares. */
  tell(event: ConnectionEvent): void {
    const wasStopped = this.connection.kind === "stopped";
    // A clock that is set back hides what passed between two looks at it.
    if (this.#wasSetBack) this.#slack += this.real - this.#toldAt;
    this.#wasSetBack = false;
    this.#toldAt = this.real;
    const moment = { at: this.real + this.#clockError, chance: this.#random() };
    const { connection, commands } = nextConnection(this.connection, event, moment);
    this.connection = connection;
    for (const command of commands) {
      demand(!wasStopped, "a stopped connection asks for nothing");
      if (command.type === "connect") this.#dial(command.socket);
      if (command.type === "hangUp") this.#hangUp();
      if (command.type === "probe") this.#probe();
    }
    if (wasStopped) demand(connection.kind === "stopped", "who stopped stays away");
    else if (connection.kind === "stopped") {
      demand(this.#mayStop, "nothing but a refusal for good ends it");
      this.did.stopped += 1;
    }
    this.#setAlarm();
    this.#compare();
  }

  open(): void {
    const socket = this.current;
    if (socket?.stage !== "dialling" || socket.isDead) return;
    socket.stage = "open";
    this.tell({ type: "opened", socket: socket.number });
  }

  change(): void {
    this.#changes += 1;
    const socket = this.current;
    this.#openChanges.set(this.#changes, this.real);
    const wasSent = socket?.stage === "open" && !socket.isClosing;
    if (wasSent) this.#send(socket, { holds: [this.#changes], isAnswer: false });
    this.tell({ type: "changedHere", isOwnChange: true, wasSent });
  }

  /** The relay asked, and everything that it lacks goes out. */
  answer(): void {
    const socket = this.current;
    if (socket?.stage !== "open" || socket.isClosing) return;
    const holds = Array.from({ length: this.#changes }, (_, index) => index + 1);
    this.#cutSince = null;
    this.#send(socket, { holds, isAnswer: true });
  }

  /** The relay deals with the next frame of a socket, which may be gone by now. */
  deal(socket: PaperSocket, fate: "taken" | "refused"): void {
    const index = socket.frames.findIndex((frame) => frame.fate === null);
    const frame = socket.frames[index];
    if (frame === undefined) return;
    frame.fate = fate;
    if (fate === "refused") {
      this.did.refused += 1;
      socket.inbox.push({ kind: "refused", count: index + 1, reason: "closed" });
      return;
    }
    const { holds, frames } = frame.message;
    if (frames.every(isTaken)) for (const change of holds) this.#onDisk.add(change);
    socket.inbox.push({ kind: "saved", count: index + 1 });
  }

  answerProbes(socket: PaperSocket): void {
    const confirmed = socket.frames.map(({ fate }) => fate).lastIndexOf("taken") + 1;
    for (; socket.unansweredProbes > 0; socket.unansweredProbes -= 1) {
      socket.inbox.push({ kind: "saved", count: confirmed });
    }
  }

  /** The next thing that the relay said arrives. */
  deliver(socket: PaperSocket): void {
    const [message] = socket.inbox;
    if (message === undefined || socket.isDead || socket.stage === "dialling") return;
    socket.inbox.shift();
    this.hear(socket, message);
  }

  hear(socket: PaperSocket, message: Heard): void {
    if (socket.stage === "dialling" || socket.isDead) return;
    if (socket === this.current) this.#noteHeard(socket, message);
    this.tell({ type: "heard", socket: socket.number, message });
  }

  close(socket: PaperSocket, reason: CloseReason | null): void {
    if (socket === this.current) {
      this.#leave(socket);
      this.#mayStop ||= reason !== null && endsForGood(reason);
    }
    this.tell({ type: "closed", socket: socket.number, reason });
    if (this.#mayStop) demand(this.connection.kind === "stopped", "a refusal for good ends it");
  }

  turnAway(): void {
    this.#mayStop ||= this.current?.stage !== "open";
    this.tell({ type: "turnedAway" });
  }

  /** Time passes for a page that is awake: alarms come when they are due, or a trifle later. */
  pass(ms: number): void {
    const end = this.real + ms;
    let alarms = 0;
    for (let due = this.#alarmAt; due !== null && due <= end; due = this.#alarmAt) {
      this.real = Math.max(this.real, due) + this.#random() * mostLatenessMs;
      this.tell({ type: "alarm" });
      alarms += 1;
      demand(alarms <= 20 + ms / 50, "alarms lead on instead of round in circles");
    }
    this.real = Math.max(this.real, end);
    this.#comparePatience();
  }

  /** No alarm comes before the end of it, however long it takes. */
  sleep(ms: number): void {
    this.real += ms;
  }

  setClock(byMs: number): void {
    this.#clockError += byMs;
    this.#wasSetBack ||= byMs < 0;
  }

  #dial(number: number): void {
    demand(this.current === null, "one socket at a time");
    demand(number === this.sockets.length + 1, "each socket has its own number");
    this.did.connected += 1;
    this.sockets.push({
      number,
      stage: "dialling",
      isDead: false,
      isClosing: false,
      frames: [],
      inbox: [],
      unansweredProbes: 0,
      confirmedHeard: 0,
      refusedHeard: 0,
    });
  }

  #hangUp(): void {
    const socket = this.current;
    demand(socket !== null || this.connection.kind === "stopped", "somebody is there to hang up on");
    if (socket === null) return;
    this.did.hungUp += 1;
    this.#leave(socket);
  }

  #probe(): void {
    const socket = this.current;
    demand(socket?.stage === "open", "only an open socket can be asked");
    if (socket !== null) socket.unansweredProbes += 1;
  }

  #leave(socket: PaperSocket): void {
    socket.stage = "gone";
    this.#cutSince ??= this.real;
  }

  #send(socket: PaperSocket, { holds, isAnswer }: Pick<Message, "holds" | "isAnswer">): void {
    const message: Message = { holds, isAnswer, frames: [] };
    const frames = this.#random() < 0.7 ? 1 : 2 + Math.floor(this.#random() * 3);
    for (let left = frames; left > 0; left -= 1) message.frames.push({ message, fate: null });
    socket.frames.push(...message.frames);
    if (frames > 1) this.did.sentInParts += 1;
    this.tell({ type: "framesSent", socket: socket.number, isAnswer, frames });
  }

  #noteHeard(socket: PaperSocket, message: Heard): void {
    if (message.kind === "refused") {
      const isSense =
        socket.frames[message.count - 1]?.fate === "refused" && message.count > socket.confirmedHeard;
      if (!isSense || socket.refusedHeard === "nonsense") socket.refusedHeard = "nonsense";
      else socket.refusedHeard = Math.max(socket.refusedHeard, message.count);
    }
    if (message.kind !== "saved" || message.count > socket.frames.length) return;
    socket.confirmedHeard = Math.max(socket.confirmedHeard, message.count);
    for (const frame of socket.frames.slice(0, message.count)) {
      const { holds, frames } = frame.message;
      if (frame !== frames.at(-1) || !frames.every(isTaken)) continue;
      for (const change of holds) this.#openChanges.delete(change);
    }
  }

  #setAlarm(): void {
    const alarm = alarmOf(this.connection);
    demand((alarm === null) === (this.connection.kind === "stopped"), "every state leads on, but one");
    demand(alarm === null || alarm - this.connection.time <= 1_000, "an alarm is never far");
    this.#alarmAt = alarm === null ? null : this.real + alarm - this.connection.time;
  }

  #compare(): void {
    const { kind } = this.shown;
    const socket = this.current?.stage === "open" ? this.current : null;
    if (kind === "saved") {
      this.did.saved += 1;
      demand(socket !== null, "saved only with a connection");
      demand(this.#openChanges.size === 0, "saved only when every change is known to be on disk");
      for (let change = 1; change <= this.#changes; change += 1) {
        demand(this.#onDisk.has(change), "saved only when every change is on disk");
      }
    }
    if (socket !== null && socket.refusedHeard !== "nonsense") {
      demand(
        (kind === "saved") === isAllKnown(socket),
        "saved as soon as everything is confirmed, and not before",
      );
    }
  }

  #comparePatience(): void {
    const { kind } = this.shown;
    const oldest = Math.min(...this.#openChanges.values());
    if (this.real - oldest >= patienceMs + this.#slack) {
      demand(worried.includes(kind), `not saved for two seconds, and shown as ${kind}`);
    }
    if (this.#cutSince === null || this.real - this.#cutSince < patienceMs + this.#slack) return;
    const may: readonly SavedState["kind"][] =
      this.current?.stage === "open" ? ["offline", "notAccepted", "closed"] : ["offline", "closed"];
    demand(may.includes(kind), `without a connection for two seconds, and shown as ${kind}`);
  }
}

/** Everything was confirmed, and what was refused went out again in a later answer that was taken. */
function isAllKnown({ frames, confirmedHeard, refusedHeard }: PaperSocket): boolean {
  if (refusedHeard === "nonsense" || confirmedHeard < frames.length) return false;
  return frames.some(({ message }, index) => {
    const isFirst = frames[index] === message.frames[0];
    return isFirst && message.isAnswer && message.frames.every(isTaken) && index + 1 > refusedHeard;
  });
}

function isTaken({ fate }: Frame): boolean {
  return fate === "taken";
}

/** Cheaper than `expect` a million times. */
export function demand(isTrue: boolean, rule: string): void {
  if (!isTrue) throw new Error(rule);
}
