import type { Weather } from "../support/tcpProxy.ts";

/** One way in which a network fails, and how soon after it everybody must see the same again. */
export type Trouble = {
  readonly name: string;
  /** Runs in this order while people go on; the last one stays when `staysBad`, else the weather turns fair. */
  readonly course: readonly Spell[];
  readonly staysBad: boolean;
  /** Nothing of these people can be confirmed in this weather, so they may not be told that it is. */
  readonly isApart: boolean;
  readonly limitMs: number;
};

type Spell = { readonly weather: Weather; readonly forMs: number };

const fair: Weather = { kind: "fair" };
const cut: Weather = { kind: "cut" };
const late: Weather = { kind: "slow", delayMs: 200, jitterMs: 200, bytesPerSecond: 100_000_000 };
const narrow: Weather = { kind: "slow", delayMs: 0, jitterMs: 0, bytesPerSecond: 32_000 };
const poor: Weather = { kind: "slow", delayMs: 200, jitterMs: 200, bytesPerSecond: 32_000 };
const silent = (towards: "both" | "server" | "client"): Weather => ({ kind: "silent", towards });

const soonMs = 2_000;
const onPoorNetworkMs = 5_000;

function breakOf(name: string, weather: Weather, forMs: number): Trouble {
  return { name, course: [{ weather, forMs }], staysBad: false, isApart: true, limitMs: soonMs };
}

function flapping(forMs: number): Spell[] {
  return Array.from({ length: Math.round(forMs / 600) }, () => [
    { weather: cut, forMs: 300 },
    { weather: fair, forMs: 300 },
  ]).flat();
}

export const shortTroubles: readonly Trouble[] = [
  breakOf("cut, 2 s", cut, 2_000),
  breakOf("nothing arrives at the client, 1.5 s", silent("client"), 1_500),
  {
    name: "late and narrow, 1.5 s",
    course: [{ weather: poor, forMs: 1_500 }],
    staysBad: true,
    isApart: false,
    limitMs: onPoorNetworkMs,
  },
];

/** `longCutMs`: longer than every wait of client and relay is the same as for ever. */
export const allTroubles = (longCutMs: number): readonly Trouble[] => [
  breakOf("cut, 5 s", cut, 5_000),
  breakOf(`cut, ${longCutMs / 1000} s`, cut, longCutMs),
  { name: "flapping, 5 s", course: flapping(5_000), staysBad: false, isApart: false, limitMs: soonMs },
  breakOf("black hole, 5 s", silent("both"), 5_000),
  breakOf("black hole, 40 s", silent("both"), 40_000),
  breakOf("nothing arrives at the server, 5 s", silent("server"), 5_000),
  breakOf("nothing arrives at the server, 40 s", silent("server"), 40_000),
  breakOf("nothing arrives at the client, 5 s", silent("client"), 5_000),
  breakOf("nothing arrives at the client, 40 s", silent("client"), 40_000),
  {
    name: "200 ms late, give or take 200 ms",
    course: [{ weather: late, forMs: 5_000 }],
    staysBad: true,
    isApart: false,
    limitMs: onPoorNetworkMs,
  },
  {
    name: "32 kB/s",
    course: [{ weather: narrow, forMs: 5_000 }],
    staysBad: true,
    isApart: false,
    limitMs: onPoorNetworkMs,
  },
  {
    name: "cut, 5 s, then late and narrow",
    course: [
      { weather: cut, forMs: 5_000 },
      { weather: poor, forMs: 0 },
    ],
    staysBad: true,
    isApart: false,
    limitMs: onPoorNetworkMs,
  },
];
