import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextConnection } from "../../client/sync/connection.ts";
import {
  alarmOf,
  type Command,
  type Connection,
  type ConnectionEvent,
  startConnection,
} from "../../client/sync/connectionState.ts";
import { savedStateOf } from "../../client/sync/savedState.ts";
import { closeReasonNames, closeReasonOf, closeReasons } from "../../shared/protocol/closeReasons.ts";
import { createSeededRandom } from "../support/random.ts";

/* One device's connection with a clock that the test turns by hand. */

type Device = {
  readonly connection: () => Connection;
  readonly shown: () => ReturnType<typeof savedStateOf>;
  readonly tell: (event: ConnectionEvent) => readonly Command["type"][];
  /** Awake: every alarm comes in time. What was asked for meanwhile, with the moment. */
  readonly pass: (ms: number) => readonly { readonly command: Command["type"]; readonly afterMs: number }[];
  /** Asleep: the alarm comes only now. */
  readonly sleep: (ms: number) => readonly Command["type"][];
  readonly setClock: (byMs: number) => void;
};

function openDevice({ random = () => 0.5 }: { readonly random?: () => number } = {}): Device {
  let real = 0;
  let clockError = 1_760_000_000_000;
  let connection = startConnection(clockError);
  let alarmAt = alarmIn();
  /** Milliseconds of `real`. */
  function alarmIn(): number {
    return real + (alarmOf(connection) ?? Number.POSITIVE_INFINITY) - connection.time;
  }
  const tell: Device["tell"] = (event) => {
    const step = nextConnection(connection, event, { at: real + clockError, chance: random() });
    connection = step.connection;
    alarmAt = alarmIn();
    return step.commands.map(({ type }) => type);
  };
  return {
    connection: () => connection,
    shown: () => savedStateOf(connection, true),
    tell,
    pass(ms) {
      const start = real;
      const asked: { command: Command["type"]; afterMs: number }[] = [];
      while (alarmAt <= start + ms) {
        real = Math.max(real, alarmAt);
        for (const command of tell({ type: "alarm" })) asked.push({ command, afterMs: real - start });
      }
      real = start + ms;
      return asked;
    },
    sleep(ms) {
      real += ms;
      return tell({ type: "alarm" });
    },
    setClock(byMs) {
      clockError += byMs;
    },
  };
}

/** Connected by socket 1, the board has come, and all is saved. */
function openSavedDevice(options?: Parameters<typeof openDevice>[0]): Device {
  const device = openDevice(options);
  device.tell({ type: "copyLoaded" });
  device.tell({ type: "opened", socket: 1 });
  device.tell({ type: "framesSent", socket: 1, isAnswer: true, frames: 1 });
  device.tell({ type: "heard", socket: 1, message: { kind: "board" } });
  device.tell({ type: "heard", socket: 1, message: { kind: "saved", count: 1 } });
  expect(device.shown()).toEqual({ kind: "saved" });
  return device;
}

function change(device: Device): void {
  device.tell({ type: "framesSent", socket: 1, isAnswer: false, frames: 1 });
  device.tell({ type: "changedHere", isOwnChange: true, wasSent: true });
}

function reopen(device: Device, socket: number): void {
  device.pass(2_000);
  device.tell({ type: "opened", socket });
}

describe("what is shown", () => {
  test("[R21] what is not confirmed within two seconds is said to be not saved yet", () => {
    const device = openSavedDevice();
    change(device);

    expect(device.shown()).toEqual({ kind: "saving" });
    device.pass(1_999);
    expect(device.shown()).toEqual({ kind: "saving" });
    device.pass(1);
    expect(device.shown()).toEqual({ kind: "notSavedYet" });
  });

  test("[R21] who types on and on is not told so while every letter is confirmed in time", () => {
    const device = openSavedDevice();

    for (let letter = 1; letter <= 100; letter += 1) {
      change(device);
      device.pass(50);
      if (letter > 2) {
        device.tell({ type: "heard", socket: 1, message: { kind: "saved", count: letter - 1 } });
      }
      expect(device.shown()).toEqual({ kind: "saving" });
    }
  });

  test("[R22] changes made while apart are counted, also those that were under way when a socket broke", () => {
    const device = openSavedDevice();
    change(device);
    device.tell({ type: "closed", socket: 1, reason: null });
    device.tell({ type: "changedHere", isOwnChange: true, wasSent: false });
    expect(device.shown()).toEqual({ kind: "reconnecting", unsentChanges: 2 });
    reopen(device, 2);
    device.tell({ type: "framesSent", socket: 2, isAnswer: true, frames: 1 });
    device.tell({ type: "closed", socket: 2, reason: null });
    device.pass(50);

    expect(device.shown()).toEqual({ kind: "offline", unsentChanges: 2, keptOnDevice: true, reason: null });
    reopen(device, 3);
    device.tell({ type: "framesSent", socket: 3, isAnswer: true, frames: 1 });
    device.tell({ type: "heard", socket: 3, message: { kind: "saved", count: 1 } });
    expect(device.shown()).toEqual({ kind: "saved" });
  });

  test("[R22] without a network the page says so at once, and after two seconds without a connection in any case", () => {
    const alice = openSavedDevice();
    const bob = openSavedDevice();
    alice.tell({ type: "wentOffline" });
    bob.tell({ type: "closed", socket: 1, reason: null });

    expect(alice.shown()).toMatchObject({ kind: "offline" });
    expect(bob.shown()).toMatchObject({ kind: "reconnecting" });
    bob.pass(2_000);
    expect(bob.shown()).toMatchObject({ kind: "offline" });
  });

  test("[R20] a refused change stays not accepted until an answer that holds it is saved", () => {
    const device = openSavedDevice();
    change(device);
    device.tell({ type: "heard", socket: 1, message: { kind: "refused", count: 2, reason: "closed" } });
    change(device);
    device.tell({ type: "heard", socket: 1, message: { kind: "saved", count: 3 } });
    expect(device.shown()).toEqual({ kind: "notAccepted", reason: "closed" });

    expect(device.tell({ type: "unlocked" })).toEqual(["hangUp"]);
    reopen(device, 2);
    expect(device.shown().kind).not.toBe("saved");
    device.tell({ type: "framesSent", socket: 2, isAnswer: true, frames: 1 });
    device.tell({ type: "heard", socket: 2, message: { kind: "refused", count: 1, reason: "closed" } });
    expect(device.shown()).toEqual({ kind: "notAccepted", reason: "closed" });
    device.tell({ type: "framesSent", socket: 2, isAnswer: true, frames: 1 });
    device.tell({ type: "heard", socket: 2, message: { kind: "saved", count: 2 } });
    expect(device.shown()).toEqual({ kind: "saved" });
  });
});

describe("a connection that died", () => {
  test("[R30] a laptop that wakes asks whether anybody is there, and is on its way back within two seconds", () => {
    const device = openSavedDevice();

    expect(device.sleep(600_000)).toEqual(["probe"]);
    const asked = device.pass(2_000);

    expect(asked.map(({ command }) => command)).toEqual(["hangUp", "connect"]);
    expect(asked[1]?.afterMs).toBeLessThanOrEqual(1_900);
  });

  test("[R30] cursors that lay in the machine while it slept are no answer", () => {
    const device = openSavedDevice();

    device.setClock(600_000);
    expect(device.tell({ type: "heard", socket: 1, message: { kind: "other" } })).toEqual(["probe"]);
    device.tell({ type: "heard", socket: 1, message: { kind: "other" } });

    expect(device.pass(1_500)).toEqual([{ command: "hangUp", afterMs: 1_500 }]);
  });

  test("[R30] silence is noticed without anybody waking, within thirty seconds", () => {
    const device = openSavedDevice();

    const asked = device.pass(30_000);

    expect(asked.map(({ command }) => command).slice(0, 2)).toEqual(["hangUp", "connect"]);
    expect(asked[1]?.afterMs).toBeLessThanOrEqual(26_000);
  });

  test("[R30] a board that comes slowly is waited for longer each time, so that it arrives in the end", () => {
    const device = openDevice();
    device.tell({ type: "copyLoaded" });
    const patience = [1, 2, 3].map((socket) => {
      device.tell({ type: "opened", socket });
      device.tell({ type: "heard", socket, message: { kind: "other" } });
      let waited = 0;
      while (device.connection().kind === "open") {
        device.pass(1_000);
        waited += 1_000;
      }
      device.pass(1_000);
      return waited;
    });

    expect(patience).toEqual([25_000, 50_000, 100_000]);
  });

  test("[R39] looking, sleeping and set clocks never drop a connection whose relay answers", () => {
    let probes = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(5), fc.nat(9_999)), { maxLength: 60 }),
        fc.nat(),
        (turns, seed) => {
          const device = openSavedDevice({ random: createSeededRandom(seed) });
          const answer = () =>
            device.tell({ type: "heard", socket: 1, message: { kind: "saved", count: 1 } });
          const happen = (commands: readonly Command["type"][]) => {
            expect(commands).not.toContain("hangUp");
            probes += commands.length;
          };
          for (const [what, pick] of turns) {
            if (what <= 1) happen(device.tell({ type: "woke" }));
            if (what === 2) happen(device.sleep(pick * 100));
            if (what === 3) device.setClock(pick % 2 === 0 ? -pick * 1_000 : 5_000 + pick * 1_000);
            if (what === 4) happen(device.tell({ type: "heard", socket: 1, message: { kind: "other" } }));
            // The relay takes its time to answer, but never as long as a dead one.
            for (let passed = 0; passed < pick; passed += 700) {
              happen(device.pass(700).map(({ command }) => command));
              happen(answer());
            }
          }
          expect(device.shown()).toEqual({ kind: "saved" });
        },
      ),
      { numRuns: 300, seed: 30 },
    );
    expect(probes).toBeGreaterThan(500);
  });
});

describe("coming back", () => {
  /** When each of so many devices tries again after its connection went. */
  function returnTimes(
    reason: Parameters<typeof closeReasonOf>[1] | null,
    devices: number,
  ): readonly number[] {
    const random = createSeededRandom(40);
    return Array.from({ length: devices }, () => {
      const device = openSavedDevice({ random });
      const row = closeReasonNames.find((name) => name === reason) ?? null;
      device.tell({ type: "closed", socket: 1, reason: row });
      return device.pass(10_000).find(({ command }) => command === "connect")?.afterMs ?? Number.NaN;
    });
  }

  test("[R37] a room that lost its network comes back spread over half a second, none before a tenth", () => {
    const times = returnTimes(null, 200);

    expect(Math.min(...times)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...times)).toBeLessThanOrEqual(600);
    for (let from = 100; from < 600; from += 100) {
      expect(times.filter((time) => time >= from && time < from + 100).length).toBeGreaterThan(20);
    }
  });

  test("[R37] after a restart it comes back spread over a second", () => {
    const times = returnTimes("restart", 200);

    expect(Math.max(...times)).toBeLessThanOrEqual(1_100);
    for (let from = 100; from < 1_100; from += 250) {
      expect(times.filter((time) => time >= from && time < from + 250).length).toBeGreaterThan(25);
    }
  });

  test("[R37] where a moment changes nothing the tries are seconds apart", () => {
    for (const reason of ["roomFull", "storeFailing"]) {
      expect(Math.min(...returnTimes(reason, 50))).toBeGreaterThanOrEqual(1_500);
    }
  });

  test("[R29] however long it was away, the next try is less than two seconds away", () => {
    const device = openSavedDevice({ random: () => 0.999 });
    device.tell({ type: "closed", socket: 1, reason: null });
    for (let socket = 2; socket < 400; socket += 1) {
      const [next] = device.pass(2_000);
      expect(next?.command).toBe("connect");
      expect(next?.afterMs).toBeLessThan(1_700);
      device.tell({ type: "closed", socket, reason: null });
    }
  });

  test("[R29] the server is asked whether the link is still good, and a no ends it", () => {
    const device = openDevice();
    device.tell({ type: "copyLoaded" });
    const asked = [1, 2, 3, 4].map((socket) => {
      const commands = device.tell({ type: "closed", socket, reason: null });
      device.pass(2_000);
      return commands;
    });

    expect(asked).toEqual([[], [], [], ["askWhetherWelcome"]]);
    device.tell({ type: "turnedAway" });
    expect(device.shown()).toMatchObject({ kind: "closed", reason: "unwelcome" });
    expect(device.pass(600_000)).toEqual([]);
  });
});

describe("why the relay hung up", () => {
  test.each([...closeReasonNames])("[R36] after %s it comes back or stays away as the row says", (reason) => {
    const { code, next } = closeReasons[reason];
    const device = openSavedDevice();
    change(device);
    device.tell({ type: "closed", socket: 1, reason: closeReasonOf(code, reason) });

    const tries = device.pass(60_000).filter(({ command }) => command === "connect");

    expect(closeReasonOf(code, reason)).toBe(reason);
    expect(tries.length > 0).toBe(next === "retry");
    expect(device.shown()).toMatchObject({
      kind: next === "retry" ? "offline" : "closed",
      reason,
      unsentChanges: 1,
    });
  });

  test("[R36] a code without its word says no more than it can, and a refusal of a later version is one", () => {
    expect(closeReasonOf(1013, "")).toBe(null);
    expect(closeReasonOf(1001, "whatever")).toBe(null);
    expect(closeReasonOf(1006, "storeFailing")).toBe(null);
    expect(closeReasonOf(1000, "__proto__")).toBe(null);
    expect(closeReasonOf(1009, "")).toBe("tooLarge");
    expect(closeReasonOf(1012, "")).toBe("restart");
    expect(closeReasonOf(4499, "somethingNew")).toBe("badFrame");
    expect(closeReasonOf(4500, "somethingNew")).toBe(null);
  });

  test("[R36] what the relay said stays on screen until something works again", () => {
    const device = openSavedDevice();
    device.tell({ type: "closed", socket: 1, reason: "storeFailing" });
    device.pass(5_000);
    device.tell({ type: "opened", socket: 2 });
    expect(device.shown()).toMatchObject({ kind: "offline", reason: "storeFailing" });

    device.tell({ type: "framesSent", socket: 2, isAnswer: true, frames: 1 });
    device.tell({ type: "heard", socket: 2, message: { kind: "saved", count: 1 } });
    device.tell({ type: "closed", socket: 2, reason: null });
    device.pass(2_000);
    expect(device.shown()).toMatchObject({ kind: "offline", reason: null });
  });
});
