import type { Limits } from "../../server/settings.ts";
import { readSettings } from "../../server/settings.ts";
import type { Role } from "../../shared/workshop/workshop.ts";
import { drawMood, type Mood } from "./mood.ts";
import { play } from "./play.ts";
import { createRandom, type Random } from "./random.ts";
import type { WrapStore } from "./relayProcess.ts";
import { settle } from "./settle.ts";
import type { Tally } from "./tally.ts";
import { HistoryFailure } from "./verdict.ts";
import { participantOf, people } from "./workshop.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

/** What stands in for parts that work, to see whether breaking them is noticed. */
export type Breakage = {
  readonly wrapStore?: WrapStore;
  readonly tamper?: WorldOptions["tamper"];
  /** What the door takes a key for. */
  readonly roleOf?: (role: Role) => Role;
  readonly isLockTold?: boolean;
};

export type Outcome =
  | { readonly kind: "equal"; readonly tally: Tally }
  | { readonly kind: "failed"; readonly message: string; readonly trace: readonly string[] };

/** One seed is one history, and always the same one. */
export async function runHistory(seed: number, breakage: Breakage = {}): Promise<Outcome> {
  const random = createRandom(seed);
  const mood = drawMood(random);
  const limits = defaultLimits();
  const world = createWorld({
    random,
    boards: mood.boards,
    wrapStore: breakage.wrapStore ?? ((store) => store),
    tamper: breakage.tamper ?? ((message) => message),
    roleOf: breakage.roleOf ?? ((role) => role),
    isLockTold: breakage.isLockTold ?? true,
  });
  const trace: string[] = [];
  gatherPeople(world, random, mood);
  const onRejection = (error: unknown) => world.verdict.note(error);
  process.on("unhandledRejection", onRejection);
  try {
    const note = (what: string) => void trace.push(`${Math.round(world.clock.elapsed())} ms ${what}`);
    await play({ world, random, mood, limits: { ...limits, ...mood.limits }, note });
    note("all heals");
    await settle({ world, random, limits, isPresencePatchy: mood.limits.bufferedBytes !== undefined });
    return { kind: "equal", tally: world.tally };
  } catch (error) {
    if (!(error instanceof HistoryFailure)) trace.push(error instanceof Error ? (error.stack ?? "") : "");
    return { kind: "failed", message: error instanceof Error ? error.message : String(error), trace };
  } finally {
    process.off("unhandledRejection", onRejection);
    world.end();
  }
}

function defaultLimits(): Limits {
  const settings = readSettings({}, { moduleUrl: import.meta.url });
  if (!settings.ok) throw new Error(settings.error.join("\n"));
  return settings.value.limits;
}

/** Most may write, somebody may only look; most say who they are, and some use a stock client. */
function gatherPeople(world: World, random: Random, mood: Mood): void {
  for (const name of people.slice(0, mood.devices)) {
    const boardId = random.pick(world.boardIds);
    const person = participantOf(name, boardId);
    const isKnown = random.chance(0.7);
    if (isKnown) world.disk.participants.push(person);
    world.addDevice({
      name,
      boardId,
      role: random.pickWeighted([
        { value: "contribute", weight: 8 },
        { value: "facilitate", weight: 1 },
        { value: "view", weight: 1.5 },
      ]),
      participant: isKnown ? person.id : null,
      isOurs: random.chance(0.65),
    });
  }
}
