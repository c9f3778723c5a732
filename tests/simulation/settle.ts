import * as Y from "yjs";
import type { Limits } from "../../server/settings.ts";
import type { BoardId } from "../../shared/board/ids.ts";
import { canonicalJson } from "../../shared/export/canonicalJson.ts";
import { boardOn } from "../support/memoryStore.ts";
import type { Device } from "./device.ts";
import { isWaiting } from "./page.ts";
import type { Random } from "./random.ts";
import { clocksOf, whatLacks } from "./reach.ts";
import { slowestMs } from "./weather.ts";
import { exportOf } from "./workshop.ts";
import type { World } from "./world.ts";

/* How every history ends: all heals, everybody comes back, and then everything has to be equal. */

export type SettleOptions = {
  readonly world: World;
  readonly random: Random;
  readonly limits: Limits;
  /** Where networks were slow some moves of pointers were passed over, until they are repeated. */
  readonly isPresencePatchy: boolean;
};

/** After a break everything is there again, and called saved, within this time. */
const backWithinMs = 2_000;
/** The relay waits a little between two tries of a disk that refused. */
const longestPauseMs = 2_500;

export async function settle({ world, random, limits, isPresencePatchy }: SettleOptions): Promise<void> {
  world.weather.clearUp();
  // The host makes room, if that was what was missing.
  if (world.isRunning() && random.chance(0.3)) await world.stop();
  if (!world.isRunning()) world.start(limits);
  await world.passTime(slowestMs + longestPauseMs);
  for (const boardId of world.boardIds) {
    if (world.isLocked(boardId) && random.chance(0.7)) world.changeLock(boardId);
  }
  await world.passTime(100);

  const stale = world.lines().filter(({ session: { link } }) => link.isBroken());
  for (const { session } of stale) session.link.tellEnd("client");
  await world.deliverAll();
  await everybodyReturns(world);
  leaveOutWhatWasRefused(world);
  for (const boardId of world.boardIds) {
    world.addDevice({ name: "Frida", boardId, role: "view", participant: null, isOurs: false });
  }
  await everybodyReturns(world);

  world.checkDisk();
  for (const boardId of world.boardIds) compareBoard(world, boardId);
  if (isPresencePatchy) return;
  await comparePresence(
    world,
    stale.map(
      ({ session }) =>
        () =>
          session.link.tellEnd("relay"),
    ),
  );
}

async function everybodyReturns(world: World): Promise<void> {
  const end = world.clock.elapsed() + backWithinMs;
  const missing = () => world.devices.flatMap((device) => whyNotSaved(world, device) ?? []);
  do {
    // Who was sent away a moment ago comes back again.
    for (const device of world.devices) await world.connect(device);
    await world.passTime(50);
  } while (missing().length > 0 && world.clock.elapsed() < end);
  const [first] = missing();
  if (first !== undefined) world.verdict.fail(`after ${backWithinMs} ms ${first}`);
  // What somebody else sent in meanwhile is on its way for a moment.
  await world.passTime(300);
}

function whyNotSaved(world: World, device: Device): string | null {
  const { name, isOurs, boardId } = device;
  const session = device.session();
  if (session === null || !session.isOpen()) return `${name} is not connected`;
  if (!session.isSynced() || !session.hasAnswered()) return `${name} is not synced`;
  if (!isOurs || session.refusalsHeard() > 0) return null;
  const [saved, sent] = [session.savedHeard(), session.sent.length];
  if (saved === sent) return null;
  const board = world.isLocked(boardId) ? "a locked board" : "an open board";
  return `${name} has ${saved} of ${sent} frames saved on ${board}`;
}

/** What the relay refused stays on its device. Once that was said, the device starts over, and must be equal too. */
function leaveOutWhatWasRefused(world: World): void {
  for (const device of world.devices) {
    const extra = whatLacks(world.ledgerOf(device.boardId).kept(), device.doc());
    if (extra === null) continue;
    if ((device.session()?.refusalsHeard() ?? 0) === 0) {
      world.verdict.fail(`${device.name} keeps ${extra}, and nobody refused it`);
    }
    device.leave();
    device.forget();
  }
}

function compareBoard(world: World, boardId: BoardId): void {
  const kept = world.ledgerOf(boardId).kept();
  const expected = faceOf(kept);
  const here = world.devices.filter((device) => device.boardId === boardId);
  for (const device of here) {
    const doc = device.doc();
    if (isWaiting(doc)) world.verdict.fail(`${device.name} waits for something that never comes`);
    const lacks = whatLacks(doc, kept);
    if (lacks !== null) world.verdict.fail(`${device.name} was never told ${lacks}`);
    const face = faceOf(doc);
    if (face.clocks !== expected.clocks) world.verdict.fail(`the state vector of ${device.name} differs`);
    if (face.deleted !== expected.deleted) world.verdict.fail(`the delete set of ${device.name} differs`);
    if (face.json !== expected.json) world.verdict.fail(`the board of ${device.name} differs`);
  }
  const { history, log } = boardOn(world.disk, boardId);
  world.ledgerOf(boardId).compareHistory([...history, ...log]);
  const [first, second] = here;
  if (first === undefined || second === undefined) return;
  if (exportOf(world.disk, boardId, first.doc()) !== exportOf(world.disk, boardId, second.doc())) {
    world.verdict.fail(`the exports of ${first.name} and ${second.name} differ`);
  }
}

function faceOf(doc: Y.Doc): { readonly json: string; readonly clocks: string; readonly deleted: string } {
  const roots = ["meta", "notes", "votes", "themes"];
  const byClient = <T>([a]: readonly [number, T], [b]: readonly [number, T]) => a - b;
  const deleted = Y.createDeleteSetFromStructStore(doc.store).clients;
  return {
    json: canonicalJson(Object.fromEntries(roots.map((root) => [root, doc.getMap(root).toJSON()]))),
    clocks: JSON.stringify([...clocksOf(doc)].sort(byClient)),
    deleted: JSON.stringify([...deleted].sort(byClient)),
  };
}

/** Everybody sees everybody who is here, once, where they are now; also after an old connection was found dead. */
async function comparePresence(world: World, findDead: readonly (() => void)[]): Promise<void> {
  const pointing = world.devices.filter(({ role }) => role !== "view");
  for (const [index, device] of pointing.entries()) device.point(index);
  await world.passTime(200);
  for (const find of findDead) find();
  await world.passTime(200);
  // Whoever proved nothing may have to wait until their old connection is gone, and repeats itself.
  await world.passTime(15_000);
  for (const device of pointing) if (device.participant === null) device.repeatPresence();
  await world.passTime(200);
  for (const device of world.devices) {
    const others = pointing.filter((other) => other !== device && other.boardId === device.boardId);
    const expected = others.map((other) => other.presence());
    const seen = [...device.presenceOfOthers()].map(([clientId, state]) => ({ clientId, state }));
    const lines = (list: readonly { readonly clientId: number; readonly state: unknown }[]) =>
      list
        .map(({ clientId, state }) => `${clientId} ${JSON.stringify(state)}`)
        .sort()
        .join(", ");
    if (lines(seen) !== lines(expected)) {
      world.verdict.fail(`${device.name} sees ${lines(seen)} instead of ${lines(expected)}`);
    }
  }
}
