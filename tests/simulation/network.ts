import type { Wire } from "../../server/relay/wire.ts";
import type { BoardId } from "../../shared/board/ids.ts";
import { settleMicrotasks } from "../support/manualClock.ts";
import type { Side } from "../support/memoryWire.ts";
import type { Device, Session } from "./device.ts";
import { isFrame } from "./isFrame.ts";
import type { Ledger } from "./ledger.ts";
import type { Random } from "./random.ts";
import { clocksOf } from "./reach.ts";
import type { Tally } from "./tally.ts";
import type { Verdict } from "./verdict.ts";
import { type WireWatch, watchWire } from "./watchWire.ts";

/*
 * Every connection there is. What is under way arrives one by one, from whichever connection chance picks; what the
 * relay says, and what it was told before, is compared with the ledgers on the way.
 */

export type NetworkOptions = {
  readonly random: Random;
  readonly verdict: Verdict;
  readonly tally: Tally;
  readonly ledgerOf: (boardId: BoardId) => Ledger;
  /** Whether the relay may take a change of this device now. */
  readonly mayWrite: (device: Device) => boolean;
  readonly tamper: NonNullable<WireWatch["tamper"]>;
};

/** A connection from outside: how many frames arrived at the relay, and what came of them. */
export type Line = {
  readonly session: Session;
  delivered: number;
  readonly refused: Set<number>;
  /** How far the disk reached when the relay first answered what this device lacks. */
  answered: { readonly clocks: ReadonlyMap<number, number>; isShown: boolean } | null;
};

export type Network = {
  readonly lines: () => readonly Line[];
  readonly lineOf: (device: Device) => Line | null;
  /** Opens a connection, and gives the relay's end of it. */
  readonly open: (device: Device) => Wire;
  /** Hands over one of the messages under way, whichever; false when there is none. */
  readonly deliverOne: () => Promise<boolean>;
  readonly deliverAll: () => Promise<void>;
  /** The relay's process is gone; of what it sent each device gets so much, and most find out. */
  readonly loseRelay: (arrives: () => number) => void;
};

const sides: readonly Side[] = ["relay", "client"];

export function createNetwork(options: NetworkOptions): Network {
  const { random, verdict, tally, ledgerOf } = options;
  let lines: Line[] = [];

  function open(device: Device): Wire {
    const session = device.connect();
    const line: Line = { session, delivered: 0, refused: new Set(), answered: null };
    lines.push(line);
    tally.count("connections");
    return watchWire(session.link.wire, {
      isOurs: device.isOurs,
      tamper: options.tamper,
      onSaved: (count) => verdict.guard(() => checkSaved(line, count)),
      onAnswer() {
        line.answered ??= { clocks: clocksOf(ledgerOf(device.boardId).kept()), isShown: false };
      },
      onRefused(count, reason) {
        tally.count("refusals");
        line.refused.add(count);
        if (reason === "badUpdate") {
          verdict.guard(() => verdict.fail(`${device.name} is refused as hostile`));
        }
      },
      fail: (message) => verdict.guard(() => verdict.fail(message)),
    });
  }

  function checkSaved({ session, delivered, refused }: Line, count: number): void {
    tally.count("promises");
    const { device } = session;
    if (count > delivered) verdict.fail(`${device.name} is told of frames that did not arrive`);
    ledgerOf(device.boardId).promise(session, count, refused);
  }

  async function deliverToClient(line: Line): Promise<void> {
    line.session.link.deliverTo("client");
    await settleMicrotasks();
    checkWhatIsShown(line);
  }

  async function deliverToRelay(line: Line): Promise<void> {
    const { link, sent, device } = line.session;
    const message = link.nextToRelay();
    if (message === null || !isFrame(message)) {
      link.deliverTo("relay");
      return settleMicrotasks();
    }
    const mayWrite = options.mayWrite(device);
    const frame = sent[line.delivered];
    line.delivered += 1;
    link.deliverTo("relay");
    await settleMicrotasks();
    if (frame !== undefined && mayWrite && !line.refused.has(line.delivered)) {
      ledgerOf(device.boardId).noteAllowed(frame.update);
    }
  }

  /** Nobody is shown an empty board, or an old one, because that was easier to read. */
  function checkWhatIsShown({ session, answered }: Line): void {
    const { device, isSynced } = session;
    if (answered === null || answered.isShown || device.session() !== session || !isSynced()) return;
    const has = clocksOf(device.doc());
    for (const [client, clock] of answered.clocks) {
      if ((has.get(client) ?? 0) < clock) {
        verdict.fail(`${device.name} is shown a board without what is on disk`);
      }
    }
    answered.isShown = true;
  }

  async function deliverOne(): Promise<boolean> {
    const found = lines.flatMap((line) =>
      sides.filter((side) => line.session.link.canDeliverTo(side)).map((side) => ({ line, side })),
    );
    if (found.length === 0) return false;
    const { line, side } = random.pick(found);
    if (side === "client") await deliverToClient(line);
    else await deliverToRelay(line);
    verdict.throwIfFailed();
    return true;
  }

  return {
    lines: () => lines,
    lineOf(device) {
      const session = device.session();
      return lines.find((line) => line.session === session) ?? null;
    },
    open,
    deliverOne,
    async deliverAll() {
      while (await deliverOne());
      lines = lines.filter(({ session }) => !session.link.isOver());
    },
    loseRelay(arrives) {
      for (const { session } of lines) {
        session.link.forgetRelay();
        session.link.breakOff({ relay: 0, client: arrives() });
        if (random.chance(0.8)) session.link.tellEnd("client");
      }
    },
  };
}
