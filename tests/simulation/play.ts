import type { Limits } from "../../server/settings.ts";
import type { BoardId } from "../../shared/board/ids.ts";
import type { StoreCall } from "../support/memoryStore.ts";
import type { Device } from "./device.ts";
import { editSomething } from "./edits.ts";
import { type Mood, type Trouble, troubles } from "./mood.ts";
import type { Line } from "./network.ts";
import type { Random, Weighted } from "./random.ts";
import { slowestMs } from "./weather.ts";
import type { World } from "./world.ts";

/* What happens in a history: people work, and one thing after another goes wrong. */

type Step = Trouble | "edit" | "point" | "probe" | "wait" | "waitLong";

const ordinary: readonly Weighted<Step>[] = [
  { value: "edit", weight: 60 },
  { value: "point", weight: 4 },
  { value: "probe", weight: 2 },
  { value: "wait", weight: 8 },
  { value: "waitLong", weight: 1.5 },
];
/** How likely each trouble is over at the next step. */
const recovery = { weather: 0.15, lock: 0.15, absence: 0.25 };

const writes: readonly StoreCall[] = ["appendUpdates", "storeSnapshot", "setLocked"];
const reads: readonly StoreCall[] = ["loadBoard", "groupOfBoard", "workshop", "groupsOf", "participantsOf"];

export type PlayOptions = {
  readonly world: World;
  readonly random: Random;
  readonly mood: Mood;
  readonly limits: Limits;
  readonly note: (what: string) => void;
};

export async function play({ world, random, mood, limits, note }: PlayOptions): Promise<void> {
  const { tally } = world;
  const steps = [
    ...ordinary,
    ...troubles.map((trouble) => ({ value: trouble, weight: mood.weightOf(trouble) })),
  ];
  world.start(limits);
  for (const device of world.devices) if (random.chance(0.8)) await world.connect(device);

  for (let left = mood.steps; left > 0; left -= 1) {
    const step = random.pickWeighted(steps);
    const device = random.pick(world.devices);
    note(`${step} ${device.name}`);
    await take(step, device);
    await recover();
    const arrivals = Math.floor(mood.deliveries * 2 * random.next() + random.next());
    for (let each = 0; each < arrivals && (await world.deliverOne()); each += 1);
    if (random.chance(0.5)) await world.clock.advance(random.below(40));
  }

  async function take(step: Step, device: Device): Promise<void> {
    switch (step) {
      case "edit":
        // Whoever may only look seldom tries to write.
        if (device.role !== "view" || random.chance(0.2)) editSomething(device, random, tally);
        return;
      case "point":
        return device.point(random.below(1_000));
      case "probe":
        return device.probe();
      case "wait":
        return world.clock.advance(random.below(1_500));
      case "waitLong":
        return world.passTime(random.pick([6_000, 12_000, 26_000, 45_000]));
      case "cut":
        return cut(device);
      case "halfOpen":
        return goHalfOpen(device);
      case "reload":
        tally.count("reloads");
        if (random.chance(0.7)) device.leave();
        else vanish(device);
        device.reload();
        return random.chance(0.8) ? world.connect(device) : undefined;
      case "deviceLost":
        tally.count("devicesLost");
        vanish(device);
        device.forget();
        return world.connect(device);
      case "crash":
        if (random.chance(0.5)) await world.clock.advance(random.below(60));
        world.crash();
        return comeUp();
      case "restart":
        await world.stop();
        return comeUp();
      case "slowDisk":
        return world.weather.setSlow(random.pick([50, 300, 1_500, slowestMs]));
      case "fullDisk":
        world.weather.setFailing(writes);
        return random.chance(0.3) ? world.passTime(12_000) : undefined;
      case "unreadableDisk":
        return world.weather.setFailing(random.chance(0.5) ? reads : [...reads, ...writes]);
      case "lock":
        return world.changeLock(device.boardId);
      case "everybodyLeaves":
        return leaveTheRoom(device.boardId);
    }
  }

  async function recover(): Promise<void> {
    if (random.chance(recovery.weather)) world.weather.clearUp();
    for (const boardId of world.boardIds) {
      if (world.isLocked(boardId) && random.chance(recovery.lock)) world.changeLock(boardId);
    }
    for (const device of world.devices) if (random.chance(recovery.absence)) await comeBack(device);
  }

  async function comeBack(device: Device): Promise<void> {
    const session = device.session();
    if (session === null) return world.connect(device);
    // A page that waits at a dead connection loses its patience.
    if (session.link.isBroken()) session.link.tellEnd("client");
  }

  function breakOff({ session: { link } }: Line): void {
    link.breakOff({
      relay: random.below(link.underWayTo("relay") + 1),
      client: random.below(link.underWayTo("client") + 1),
    });
  }

  function cut(device: Device): void {
    const line = world.lineOf(device);
    if (line === null) return;
    tally.count("cuts");
    breakOff(line);
    line.session.link.tellEnd("relay");
    line.session.link.tellEnd("client");
  }

  /** One side, or neither, learns of it; for the relay only its own patience ends it. */
  async function goHalfOpen(device: Device): Promise<void> {
    const line = world.lineOf(device);
    if (line === null) return;
    tally.count("halfOpen");
    breakOff(line);
    const who = random.pick(["relay", "client", "nobody"] as const);
    if (who !== "nobody") line.session.link.tellEnd(who);
    else if (random.chance(0.5)) {
      device.abandon();
      await world.connect(device);
    }
  }

  function vanish(device: Device): void {
    const line = world.lineOf(device);
    if (line === null) return;
    breakOff(line);
    if (random.chance(0.5)) line.session.link.tellEnd("relay");
    device.abandon();
  }

  async function comeUp(): Promise<void> {
    if (random.chance(0.3)) await world.clock.advance(random.below(3_000));
    world.start(limits);
    for (const device of world.devices) if (random.chance(0.6)) await comeBack(device);
  }

  /** Long enough for the board to leave memory; some come back just when it does, and now and then all goes dark. */
  async function leaveTheRoom(boardId: BoardId): Promise<void> {
    const here = world.devices.filter((device) => device.boardId === boardId);
    for (const device of here) device.leave();
    await world.deliverAll();
    await world.passTime(29_995);
    await world.clock.advance(random.below(40));
    if (random.chance(0.3)) {
      world.crash();
      return comeUp();
    }
    for (const device of here) if (random.chance(0.6)) await world.connect(device);
  }
}
