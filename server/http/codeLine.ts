import type { Cancel, Clock } from "../relay/clock.ts";
import { networkOf } from "../relay/networkOf.ts";
import type { Budget } from "./budget.ts";

/*
 * Who asks for join codes behind one address. A look-up takes one from the budget of wrong codes before anybody knows
 * whether the code is right, and a right one gives it back. Without budget people stand in line instead of being sent
 * away, and every code is looked up in its turn only: who waits learns nothing by waiting.
 *
 * Whose turn it is does not depend on what is right either. All who ask the same code are answered by one look-up. A
 * room types one code, a guesser many: a code that two people ask goes before those that one asks. Among equals the
 * latest comes first, so that somebody's row of guesses is behind the person who comes now, not ahead.
 *
 * Nobody knows whether those who ask the same are two people or one who asks twice. So a third counts for nothing, and
 * in every second turn the second neither: copies of a guess are worth little against who comes alone or with a few.
 */

export type CodeLine<Found> = {
  /** `whenGone` gets what is to be called when this person does not wait any more. */
  readonly ask: (
    address: string,
    code: string,
    whenGone: (leave: () => void) => void,
  ) => Promise<CodeAnswer<Found>>;
};

export type CodeAnswer<Found> =
  | { readonly kind: "found"; readonly found: Found }
  | { readonly kind: "wrong" }
  | { readonly kind: "tooMany"; readonly waitSeconds: number };

export type CodeLineOptions<Found> = {
  readonly budget: Budget;
  /** Null for a wrong code. */
  readonly lookUp: (code: string) => Promise<Found | null>;
  readonly after: Clock["after"];
  readonly longestWaitMs: number;
  /** People in the line of one address. */
  readonly mostWaiting: number;
};

type Person<Found> = {
  readonly answer: (answer: CodeAnswer<Found>) => void;
  readonly fail: (error: unknown) => void;
  readonly stopWaiting: Cancel;
};

type Line<Found> = {
  /** Codes and people in the order in which they were asked for last and came. */
  readonly peopleByCode: Map<string, Set<Person<Found>>>;
  turns: number;
  cancelTurn: Cancel | null;
};

/** How many of those who ask the same count, turn by turn. */
const countedInTurns = [2, 1];
/** And when the line is full. */
const countedInFullLine = 2;

export function createCodeLine<Found>(options: CodeLineOptions<Found>): CodeLine<Found> {
  const { budget, lookUp, after, longestWaitMs, mostWaiting } = options;
  const lines = new Map<string, Line<Found>>();
  const comeAgain = { kind: "tooMany", waitSeconds: Math.ceil(longestWaitMs / 1000) } as const;

  function join(network: string, code: string, person: Person<Found>): void {
    const line: Line<Found> = lines.get(network) ?? { peopleByCode: new Map(), turns: 0, cancelTurn: null };
    if (sizeOf(line.peopleByCode) >= mostWaiting) sendLastAway(network, line, code);
    const people = line.peopleByCode.get(code) ?? new Set();
    people.add(person);
    line.peopleByCode.delete(code);
    line.peopleByCode.set(code, people);
    lines.set(network, line);
    takeTurns(network);
  }

  function leave(network: string, code: string, person: Person<Found>): void {
    const line = lines.get(network);
    const people = line?.peopleByCode.get(code);
    if (line === undefined || people?.delete(person) !== true) return;
    person.stopWaiting();
    person.answer(comeAgain);
    if (people.size === 0) line.peopleByCode.delete(code);
    closeIfEmpty(network, line);
  }

  /** Not one who asks for the same as the person who comes: two together stay. */
  function sendLastAway(network: string, { peopleByCode }: Line<Found>, coming: string): void {
    const others = [...peopleByCode].filter(([code]) => code !== coming);
    const [code, people] = (others.length > 0 ? others : [...peopleByCode]).reduce((last, next) =>
      next[1].size < Math.min(last[1].size, countedInFullLine) ? next : last,
    );
    const [oldest] = people;
    if (oldest !== undefined) leave(network, code, oldest);
  }

  function closeIfEmpty(network: string, line: Line<Found>): void {
    if (line.peopleByCode.size > 0) return;
    line.cancelTurn?.();
    lines.delete(network);
  }

  /** As many turns as there is budget for, and the next one when there is some again. */
  function takeTurns(network: string): void {
    const line = lines.get(network);
    if (line === undefined) return;
    line.cancelTurn?.();
    line.cancelTurn = null;
    while (line.peopleByCode.size > 0) {
      const spent = budget.spend(network, 1);
      if (!spent.ok) {
        line.cancelTurn = after(spent.waitSeconds * 1000, () => takeTurns(network));
        return;
      }
      void takeTurn(network, line);
    }
    closeIfEmpty(network, line);
  }

  async function takeTurn(network: string, line: Line<Found>): Promise<void> {
    const { peopleByCode } = line;
    const code = nextCode(peopleByCode, countedInTurns[line.turns % countedInTurns.length] ?? 1);
    line.turns += 1;
    const people = peopleByCode.get(code) ?? new Set();
    peopleByCode.delete(code);
    for (const { stopWaiting } of people) stopWaiting();
    try {
      const found = await lookUp(code);
      if (found !== null) budget.giveBack(network, 1);
      for (const { answer } of people) answer(found === null ? { kind: "wrong" } : { kind: "found", found });
    } catch (error) {
      // Nobody learned anything.
      budget.giveBack(network, 1);
      for (const { fail } of people) fail(error);
    }
    takeTurns(network);
  }

  return {
    ask: (address, code, whenGone) =>
      new Promise((answer, fail) => {
        const network = networkOf(address);
        const goAway = () => leave(network, code, person);
        const person: Person<Found> = { answer, fail, stopWaiting: after(longestWaitMs, goAway) };
        whenGone(goAway);
        join(network, code, person);
      }),
  };
}

function sizeOf(peopleByCode: ReadonlyMap<string, ReadonlySet<unknown>>): number {
  let size = 0;
  for (const people of peopleByCode.values()) size += people.size;
  return size;
}

function nextCode(peopleByCode: ReadonlyMap<string, ReadonlySet<unknown>>, counted: number): string {
  let next = "";
  let most = 0;
  for (const [code, { size }] of peopleByCode) {
    const weight = Math.min(size, counted);
    if (weight >= most) [next, most] = [code, weight];
  }
  return next;
}
