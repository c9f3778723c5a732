import { type CloseReason, endsForGood } from "../../shared/protocol/closeReasons.ts";
import { assertNever } from "../../shared/result.ts";
import {
  type Alive,
  alarmOf,
  type Connecting,
  type Connection,
  type ConnectionEvent,
  deadlineOf,
  type Ending,
  type Heard,
  type Memory,
  type Moment,
  type Open,
  type Step,
  type Stopped,
  type Waiting,
} from "./connectionState.ts";
import {
  type Delivery,
  type Kept,
  keptBy,
  noteRefused,
  noteSaved,
  noteSent,
  refusalOf,
  startDelivery,
} from "./delivery.ts";
import { lateMs, patienceMs, probePatienceMs, retryWait, stalePatienceMs, wakeWait } from "./waits.ts";

/*
 * One device's connection as a pure function of what happened: events go in, commands to the provider come out. A
 * healthy connection is never dropped on suspicion: first the relay is asked whether it is there.
 */

const triesBeforeAsking = 4;

/** The one way from state to state. */
export function nextConnection(before: Connection, event: ConnectionEvent, moment: Moment): Step {
  const { state, isLate } = passTime(before, event.type === "alarm", moment.at);
  if (state.kind === "stopped") {
    return stay(event.type === "changedHere" && event.isOwnChange ? keepChange(state) : state);
  }
  if (isLate && event.type === "alarm" && state.kind === "open") return wakeLate(state, moment.chance);
  const step = happen(state, event, moment.chance);
  // Whatever comes first after a sleep: the socket it comes from may be long dead.
  if (!isLate || step.connection.kind !== "open" || step.connection.probe !== null) return step;
  return probe(step.connection, false);
}

/** An alarm comes when its time has passed, whatever the clock says. Much later means that the machine slept. */
function passTime(
  state: Connection,
  isAlarm: boolean,
  at: number,
): { readonly state: Connection; readonly isLate: boolean } {
  const time = state.time + Math.max(0, at - state.at);
  const due = alarmOf(state) ?? time;
  return { state: { ...state, at, time: isAlarm ? Math.max(time, due) : time }, isLate: time - due > lateMs };
}

function happen(state: Alive, event: ConnectionEvent, chance: number): Step {
  switch (event.type) {
    case "copyLoaded":
      return state.sockets === 0 ? connect(state) : stay(state);
    case "opened":
      return state.kind === "connecting" && event.socket === state.sockets ? open(state) : stay(state);
    case "closed":
      if (state.kind === "waiting" || event.socket !== state.sockets) return stay(state);
      return closed(state, event.reason, chance);
    case "heard":
      if (state.kind !== "open" || event.socket !== state.sockets) return stay(state);
      return stay(heard(state, event.message));
    case "framesSent":
      if (state.kind !== "open" || event.socket !== state.sockets) return stay(state);
      return stay(sent(state, event));
    case "changedHere":
      return changed(state, event, chance);
    case "woke":
      return wake(state, chance);
    case "wentOffline":
      return goOffline(state, chance);
    case "turnedAway":
      // A socket that is open knows better than an answer that was under way.
      return state.kind === "open" ? stay(state) : stop(state, "unwelcome");
    case "unlocked":
      if (state.kind !== "open" || refusalOf(state.delivery) !== "closed") return stay(state);
      return giveUp(state, wakeWait(chance));
    case "alarm":
      return alarm(state, chance);
    default:
      return assertNever(event);
  }
}

function stay(connection: Connection): Step {
  return { connection, commands: [] };
}

function connect(state: Alive): Step {
  const socket = state.sockets + 1;
  const connection: Connecting = {
    ...memoryOf(state),
    kind: "connecting",
    sockets: socket,
    startedAt: state.time,
    kept: keptIn(state),
  };
  return { connection, commands: [{ type: "connect", socket }] };
}

function open(state: Connecting): Step {
  return stay({
    ...memoryOf(state),
    kind: "open",
    delivery: startDelivery(state.kept),
    heard: "nothing",
    heardAt: state.time,
    probe: null,
  });
}

function closed(state: Connecting | Open, reason: CloseReason | null, chance: number): Step {
  if (reason !== null && endsForGood(reason)) return stop(state, reason);
  const connection: Waiting = {
    ...wait({ ...state, lastReason: reason }, retryWait(state.tries, reason, chance)),
    tries: state.tries + 1,
  };
  const isTimeToAsk = state.kind === "connecting" && connection.tries % triesBeforeAsking === 0;
  return { connection, commands: isTimeToAsk ? [{ type: "askWhetherWelcome" }] : [] };
}

/** Leaves a socket that does not work; its own end, if that is ever heard, is news no more. */
function giveUp(state: Connecting | Open, waitMs: number): Step {
  const isSlowStart = state.kind === "open" && state.heard === "something";
  const connection = {
    ...wait(state, waitMs),
    tries: state.tries + (state.kind === "connecting" ? 1 : 0),
    slowStarts: state.slowStarts + (isSlowStart ? 1 : 0),
  };
  return { connection, commands: [{ type: "hangUp" }] };
}

function stop(state: Alive, ending: Ending): Step {
  const connection: Stopped = { ...memoryOf(state), kind: "stopped", kept: keptIn(state), ending };
  return { connection, commands: [{ type: "hangUp" }] };
}

function wait(state: Alive, waitMs: number): Waiting {
  return {
    ...memoryOf(state),
    kind: "waiting",
    kept: keptIn(state),
    troubledSince: state.troubledSince ?? state.time,
    retryAt: state.time + waitMs,
  };
}

function heard(state: Open, message: Heard): Open {
  const alive: Open = {
    ...state,
    heard: state.heard === "board" || message.kind === "board" ? "board" : "something",
    slowStarts: message.kind === "board" ? 0 : state.slowStarts,
    heardAt: state.time,
    probe: isAnswerToProbe(state, message) ? null : state.probe,
  };
  switch (message.kind) {
    case "saved":
      return settled(alive, noteSaved(alive.delivery, message.count));
    case "refused":
      return settled(alive, noteRefused(alive.delivery, message.count, message.reason));
    default:
      return alive;
  }
}

/** Cursors of others may have lain in this machine while it slept: right after the question only *saved* counts. */
function isAnswerToProbe({ probe, time }: Open, message: Heard): boolean {
  return message.kind === "saved" || (probe !== null && time - probe.sentAt >= stalePatienceMs);
}

/** What worked once is no failing try any more. */
function settled(state: Open, delivery: Delivery): Open {
  if (delivery.answer !== "settled" || state.delivery.answer === "settled") return { ...state, delivery };
  return { ...state, delivery, tries: 0, lastReason: null };
}

function sent(state: Open, { isAnswer, frames }: Extract<ConnectionEvent, { type: "framesSent" }>): Open {
  return {
    ...state,
    delivery: noteSent(state.delivery, { isAnswer, frames, at: state.time }),
    troubledSince: isAnswer ? null : state.troubledSince,
  };
}

function changed(
  state: Alive,
  { isOwnChange, wasSent }: Extract<ConnectionEvent, { type: "changedHere" }>,
  chance: number,
): Step {
  if (state.kind !== "open") return stay(isOwnChange ? keepChange(state) : state);
  if (wasSent) return stay(state);
  // The socket looks open and takes nothing: its end is only not told yet.
  const { connection, commands } = giveUp(state, retryWait(0, null, chance));
  return { connection: isOwnChange ? keepChange(connection) : connection, commands };
}

function keepChange<State extends Connection>(state: State): State {
  if (!("kept" in state)) return state;
  const { changes, since } = state.kept;
  return { ...state, kept: { changes: changes + 1, since: since ?? state.time } };
}

function wake(state: Alive, chance: number): Step {
  switch (state.kind) {
    case "waiting":
      return stay({ ...state, tries: 0, retryAt: Math.min(state.retryAt, state.time + wakeWait(chance)) });
    case "connecting":
      return state.time - state.startedAt < probePatienceMs ? stay(state) : giveUp(state, wakeWait(chance));
    case "open":
      // While the board is still on its way an answer could not overtake it.
      return state.probe === null && state.heard === "board" ? probe(state, false) : stay(state);
    default:
      return assertNever(state);
  }
}

function goOffline(state: Alive, chance: number): Step {
  const left = state.kind === "waiting" ? stay(state) : giveUp(state, retryWait(0, null, chance));
  // The device itself says so: nobody has to wait and see.
  return { ...left, connection: { ...left.connection, troubledSince: state.time - patienceMs } };
}

/** Silence while asleep proves nothing: it asks, and after one more sleep asks once again. */
function wakeLate(state: Open, chance: number): Step {
  if (state.probe?.isSecond === true) return giveUp(state, wakeWait(chance));
  return probe(state, state.probe !== null);
}

function alarm(state: Alive, chance: number): Step {
  if (state.time < deadlineOf(state)) return stay(state);
  switch (state.kind) {
    case "waiting":
      return connect(state);
    case "connecting":
      return giveUp(state, retryWait(state.tries, null, chance));
    case "open":
      return giveUp(state, state.probe === null ? retryWait(0, null, chance) : wakeWait(chance));
    default:
      return assertNever(state);
  }
}

function probe(state: Open, isSecond: boolean): Step {
  const connection: Open = { ...state, probe: { sentAt: state.time, isSecond } };
  return { connection, commands: [{ type: "probe" }] };
}

function keptIn(state: Alive): Kept {
  return state.kind === "open" ? keptBy(state.delivery) : state.kept;
}

function memoryOf(state: Alive): Memory {
  const { time, at, sockets, tries, slowStarts, lastReason, troubledSince } = state;
  return { time, at, sockets, tries, slowStarts, lastReason, troubledSince };
}
