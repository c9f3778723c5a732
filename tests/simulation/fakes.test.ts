import { expect, test } from "vitest";
import { boardIdSchema } from "../../shared/board/ids.ts";
import { createManualClock, settleMicrotasks } from "../support/manualClock.ts";
import { createMemoryDisk, openMemoryStore, storedBoardOn } from "../support/memoryStore.ts";
import { createMemoryLink, type MemoryLink } from "../support/memoryWire.ts";

/* What stands in for time, network and disk keeps the rules of the real ones, or the simulation plays another game. */

const boardId = boardIdSchema.parse("board00000000001");
const update = { boardId, participant: null, receivedAt: 0, bytes: Uint8Array.of(0, 0) };

test("time runs what is due in its order, with all that follows from it, and nothing that was cancelled", async () => {
  const clock = createManualClock();
  const ran: string[] = [];
  clock.after(20, () => ran.push(`second at ${clock.elapsed()}`));
  clock.after(10, () => {
    clock.after(5, () => ran.push(`between at ${clock.elapsed()}`));
    void Promise.resolve().then(() => ran.push("promise"));
  });
  const cancel = clock.after(12, () => ran.push("never"));

  cancel();
  await clock.advance(19);
  await clock.advance(1);

  expect(ran).toEqual(["promise", "between at 15", "second at 20"]);
  expect(clock.waiting()).toBe(0);
});

test("the timers of a process die with it, and nobody else's", async () => {
  const clock = createManualClock();
  const process = clock.forProcess();
  const ran: string[] = [];
  process.after(10, () => ran.push("process"));
  clock.after(10, () => ran.push("world"));

  process.kill();
  process.after(5, () => ran.push("ghost"));
  await clock.advance(20);

  expect(ran).toEqual(["world"]);
});

type Ends = { readonly link: MemoryLink; readonly heard: string[] };

function openLink(): Ends {
  const heard: string[] = [];
  const link = createMemoryLink({
    onOpen: () => heard.push("client open"),
    onMessage: ([byte]) => heard.push(`client ${byte}`),
    onEnd: (code) => heard.push(`client end ${code}`),
  });
  return { link, heard };
}

function listen({ link, heard }: Ends): void {
  link.wire.listen({
    onMessage: ([byte]) => heard.push(`relay ${byte}`),
    onText: () => heard.push("relay text"),
    onAlive: () => heard.push("relay alive"),
    onFault: (fault) => heard.push(`relay ${fault}`),
    onEnd: () => heard.push("relay end"),
  });
}

function deliverAll({ link }: Ends): void {
  while (link.canDeliverTo("client")) link.deliverTo("client");
  while (link.canDeliverTo("relay")) link.deliverTo("relay");
}

test("messages wait until somebody listens, and arrive whole, in order and once", () => {
  const ends = openLink();
  ends.link.sendAsClient(Uint8Array.of(1));
  ends.link.sendAsClient(Uint8Array.of(2));
  expect(ends.link.canDeliverTo("relay")).toBe(false);

  listen(ends);
  ends.link.wire.send(Uint8Array.of(3));
  ends.link.wire.ping();
  expect(ends.heard).toEqual([]);
  expect(ends.link.wire.bufferedBytes()).toBe(1);
  deliverAll(ends);

  expect(ends.heard).toEqual(["client open", "client 3", "relay 1", "relay 2", "relay alive"]);
  expect(ends.link.wire.bufferedBytes()).toBe(0);
});

test("after a goodbye the relay sends nothing more, and hears of the end once", () => {
  const ends = openLink();
  listen(ends);

  ends.link.wire.close(1012, "restart");
  ends.link.wire.send(Uint8Array.of(9));
  deliverAll(ends);
  ends.link.wire.cut();
  ends.link.tellEnd("relay");
  deliverAll(ends);

  expect(ends.heard).toEqual(["client open", "client end 1012", "relay end"]);
  expect(ends.link.isOver()).toBe(true);
});

test("a break loses what is under way from some point on, and each side may learn of it late", () => {
  const ends = openLink();
  listen(ends);
  deliverAll(ends);
  for (const byte of [1, 2, 3]) ends.link.sendAsClient(Uint8Array.of(byte));

  ends.link.breakOff({ relay: 1, client: 0 });
  ends.link.sendAsClient(Uint8Array.of(4));
  ends.link.wire.send(Uint8Array.of(5));
  deliverAll(ends);
  expect(ends.heard).toEqual(["client open", "relay 1"]);
  ends.link.tellEnd("client");
  deliverAll(ends);
  ends.link.wire.cut();
  deliverAll(ends);

  expect(ends.heard).toEqual(["client open", "relay 1", "client end null", "relay end"]);
});

test("a crash before the disk wrote leaves nothing, one behind it leaves all, and neither is answered", async () => {
  const clock = createManualClock();
  const disk = createMemoryDisk();
  const weather = { delayMs: () => 10, failure: () => null };
  const answers: string[] = [];

  const first = openMemoryStore(disk, { clock, weather });
  void first.appendUpdates([update]).then(() => answers.push("first"));
  await clock.advance(4);
  first.crash();
  await clock.advance(20);
  expect(storedBoardOn(disk, boardId).seq).toBe(0);

  const second = openMemoryStore(disk, { clock, weather });
  void second.appendUpdates([update]).then(() => answers.push("second"));
  await clock.advance(6);
  second.crash();
  await clock.advance(20);
  expect(storedBoardOn(disk, boardId).seq).toBe(1);

  expect(answers).toEqual([]);
});

test("a disk that refuses keeps nothing of what it was given, and takes it later", async () => {
  const clock = createManualClock();
  const disk = createMemoryDisk();
  let failure: string | null = "SQLITE_FULL";
  const store = openMemoryStore(disk, { clock, weather: { delayMs: () => 0, failure: () => failure } });

  await expect(store.appendUpdates([update, update])).rejects.toThrow("SQLITE_FULL");
  expect(storedBoardOn(disk, boardId).seq).toBe(0);
  failure = null;
  const numbers = await store.appendUpdates([update, update]);
  await settleMicrotasks();

  expect(numbers.get(boardId)).toBe(2);
  expect(storedBoardOn(disk, boardId).updates).toHaveLength(2);
});
