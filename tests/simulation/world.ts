import type { Limits } from "../../server/settings.ts";
import { type BoardId, noteIdSchema } from "../../shared/board/ids.ts";
import type { Role } from "../../shared/workshop/workshop.ts";
import { createManualClock, type ManualClock, settleMicrotasks } from "../support/manualClock.ts";
import { createMemoryDisk, type MemoryDisk, storedBoardOn } from "../support/memoryStore.ts";
import { createDevice, type Device, type DeviceFacts } from "./device.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { createLocks } from "./locks.ts";
import { createNetwork, type Network, type NetworkOptions } from "./network.ts";
import type { Random } from "./random.ts";
import { type RelayProcess, startRelayProcess, type WrapStore } from "./relayProcess.ts";
import { createTally, type Tally } from "./tally.ts";
import { createVerdict, type Verdict } from "./verdict.ts";
import { createWeather, slowestMs, type Weather } from "./weather.ts";
import { fillWorkshop, workshopId } from "./workshop.ts";

/*
 * The whole product without a network, a disk or a clock of its own: one relay that may die at any moment, a disk that
 * outlives it, devices, and between them queues that are emptied in any order. Nothing here decides what happens.
 */

export type WorldOptions = {
  readonly random: Random;
  readonly boards: number;
  /** Stands between relay and disk. */
  readonly wrapStore: WrapStore;
  /** Stands between relay and network; null swallows a message. */
  readonly tamper: NetworkOptions["tamper"];
  /** What the door takes a key for. */
  readonly roleOf: (role: Role) => Role;
  readonly isLockTold: boolean;
};

export type World = Pick<Network, "lines" | "lineOf" | "deliverOne" | "deliverAll"> & {
  readonly clock: ManualClock;
  readonly tally: Tally;
  readonly disk: MemoryDisk;
  readonly weather: Weather;
  readonly verdict: Verdict;
  readonly boardIds: readonly BoardId[];
  readonly devices: readonly Device[];
  readonly addDevice: (facts: DeviceFacts) => Device;
  readonly ledgerOf: (boardId: BoardId) => Ledger;
  /** Does nothing while no relay runs, or when the device is connected. */
  readonly connect: (device: Device) => Promise<void>;
  /** Time goes by while everything arrives at once. */
  readonly passTime: (ms: number) => Promise<void>;
  readonly isRunning: () => boolean;
  readonly start: (limits: Limits) => void;
  readonly crash: () => void;
  /** A stop as the host does it: goodbye to everybody, then the process ends. */
  readonly stop: () => Promise<void>;
  readonly changeLock: (boardId: BoardId) => void;
  readonly isLocked: (boardId: BoardId) => boolean;
  readonly checkDisk: () => void;
  /** Lets go of everything. */
  readonly end: () => void;
};

/** The host's patience with a stop. */
const longestStopMs = 5_000;
/** Often enough for everybody's signs of life. */
const passingMs = 5_000;

export function createWorld(options: WorldOptions): World {
  const { random } = options;
  const clock = createManualClock();
  const tally = createTally();
  const verdict = createVerdict();
  const disk = createMemoryDisk();
  const weather = createWeather(random, clock);
  const boardIds = fillWorkshop(disk, options.boards);
  const ledgers = new Map(boardIds.map((id) => [id, createLedger(verdict.fail)]));
  const locks = createLocks({
    disk,
    boardIds,
    onUnlocking: (boardId) => verdict.guard(() => ledgerOf(boardId).compareWithAllowed()),
    isRelayTold: options.isLockTold,
  });
  const network = createNetwork({
    random,
    verdict,
    tally,
    ledgerOf,
    tamper: options.tamper,
    mayWrite: ({ role, boardId }) => role !== "view" && !locks.isKnown(boardId),
  });
  const devices: Device[] = [];
  const clientIds = new Set<number>();
  let running: RelayProcess | null = null;
  let madeNotes = 0;

  function ledgerOf(boardId: BoardId): Ledger {
    const ledger = ledgers.get(boardId);
    if (ledger === undefined) throw new Error(`no ledger of ${boardId}`);
    return ledger;
  }

  function createClientId(): number {
    // Which of two changes wins hangs on these numbers, and how long they are in bytes.
    const id = random.below(random.pick([200, 70_000, 0x1_0000_0000]));
    if (clientIds.has(id)) return createClientId();
    clientIds.add(id);
    return id;
  }

  async function passTime(ms: number): Promise<void> {
    await network.deliverAll();
    for (let left = ms; left > 0; left -= passingMs) {
      await clock.advance(Math.min(passingMs, left));
      verdict.throwIfFailed();
      await network.deliverAll();
    }
  }

  function checkDisk(): void {
    for (const id of boardIds) {
      ledgerOf(id).compareWith(storedBoardOn(disk, id));
      ledgerOf(id).compareWithAllowed();
    }
  }

  function endProcess(process: RelayProcess, arrives: () => number): void {
    process.kill();
    running = null;
    network.loseRelay(arrives);
    checkDisk();
  }

  return {
    ...network,
    clock,
    tally,
    disk,
    weather,
    verdict,
    boardIds,
    devices,
    addDevice(facts) {
      const device = createDevice({
        ...facts,
        now: clock.now,
        createNoteId() {
          madeNotes += 1;
          return noteIdSchema.parse(`note${madeNotes}`);
        },
        createClientId,
        fail: verdict.fail,
      });
      devices.push(device);
      return device;
    },
    ledgerOf,
    async connect(device) {
      if (running === null || device.session() !== null) return;
      const { boardId, participant, isOurs } = device;
      const role = options.roleOf(device.role);
      running.relay.enter(network.open(device), { boardId, workshopId, role, participant, isOurs });
      // Nothing arrives before a door that can be opened at once is open.
      await settleMicrotasks();
    },
    passTime,
    isRunning: () => running !== null,
    start(limits) {
      running = startRelayProcess({
        clock,
        disk,
        limits,
        tally,
        weather,
        wrapStore: options.wrapStore,
        onAppended: (boardId, update) => verdict.guard(() => ledgerOf(boardId).noteAppended(update)),
        fail: (message) => verdict.guard(() => verdict.fail(message)),
      });
      locks.startOver();
    },
    crash() {
      if (running === null) return;
      tally.count("crashes");
      endProcess(running, () => random.below(4));
    },
    async stop() {
      if (running === null) return;
      tally.count("restarts");
      const stopping = running;
      const end = clock.elapsed() + longestStopMs;
      let isDone = false;
      void stopping.relay.close().then(() => {
        isDone = true;
      });
      while (!isDone && clock.elapsed() < end) {
        await clock.advance(1 + random.below(40));
        verdict.throwIfFailed();
        for (let left = random.below(8); left > 0 && (await network.deliverOne()); left -= 1);
      }
      const isCalm = (weather.calmForMs() ?? 0) > slowestMs + longestStopMs;
      if (isCalm && !isDone) verdict.fail("a stop takes too long");
      endProcess(stopping, () => Number.MAX_SAFE_INTEGER);
    },
    changeLock(boardId) {
      if (running === null) return;
      tally.count("locks");
      locks.change(boardId, running);
    },
    isLocked: locks.isLocked,
    checkDisk,
    end() {
      running?.kill();
      for (const device of devices) device.doc().destroy();
    },
  };
}
