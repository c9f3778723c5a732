import fc from "fast-check";
import { expect, test } from "vitest";
import { createDevice, type DeviceParticipant, type KnownWorkshop } from "../../client/sync/identity.ts";
import { boardIdSchema, participantIdSchema, workshopIdSchema } from "../../shared/board/ids.ts";
import type { BoardAnswer } from "../../shared/workshop/api.ts";
import { createExportState, exampleBoardId } from "../support/exportBoards.ts";

const board = boardIdSchema.parse("board00000000001");
const otherBoard = boardIdSchema.parse("board00000000002");
const alice: DeviceParticipant = {
  id: participantIdSchema.parse("alice"),
  token: `alice.${"t".repeat(32)}`,
  voice: "informal",
  kind: "phone",
};

type FakeStorage = Pick<Storage, "getItem" | "setItem" | "removeItem"> & {
  readonly kept: Map<string, string>;
};

/** A browser's storage with room for so many characters. */
function createStorage(room = Number.POSITIVE_INFINITY): FakeStorage {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, value) {
      const others = [...kept].filter(([known]) => known !== key);
      const used = others.reduce((sum, [known, its]) => sum + known.length + its.length, 0);
      if (used + key.length + value.length > room) throw new Error("QuotaExceededError");
      kept.set(key, value);
    },
    removeItem: (key) => void kept.delete(key),
  };
}

function workshop(number: number): KnownWorkshop {
  return {
    id: workshopIdSchema.parse(`workshop${String(number).padStart(8, "0")}`),
    key: "k".repeat(32),
    title: `Werkplaats ${number}`,
  };
}

test("[J13] a reload is the same person, with the same half-written note and language", () => {
  const storage = createStorage();
  const before = createDevice(storage);
  before.rememberLanguage("nl");
  before.rememberParticipant(board, alice);
  before.rememberDraft(board, { text: "Respect voor", zone: "fruits" });

  const after = createDevice(storage);

  expect(after.isKeeping).toBe(true);
  expect(after.language()).toBe("nl");
  expect(after.participant(board)).toEqual(alice);
  expect(after.draft(board)).toEqual({ text: "Respect voor", zone: "fruits" });
  expect(after.participant(otherBoard)).toBeNull();
  expect(after.draft(otherBoard)).toBeNull();
});

test("[J13] an empty browser knows nobody", () => {
  const device = createDevice(createStorage());

  expect([
    device.language(),
    device.participant(board),
    device.draft(board),
    device.boardAnswer(board),
  ]).toEqual([null, null, null, null]);
  expect(device.workshops()).toEqual([]);
});

test("[J13] whatever lies in storage, it is read as it was written or not at all", () => {
  const storage = createStorage();
  const before = createDevice(storage);
  before.rememberParticipant(board, alice);
  before.rememberDraft(board, { text: "Respect", zone: "roots" });
  before.rememberLanguage("en");
  before.rememberWorkshop(workshop(1));
  const keys = [...storage.kept.keys()];
  const brokenText = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom(
      "",
      "{",
      "null",
      "[]",
      '{"id":"alice"}',
      '"fr"',
      '{"__proto__":{"polluted":1}}',
      "[".repeat(9_000),
    ),
  );

  fc.assert(
    fc.property(fc.constantFrom(...keys), brokenText, (key, text) => {
      const broken = createStorage();
      for (const [known, value] of storage.kept) broken.kept.set(known, value);
      broken.kept.set(key, text);

      const device = createDevice(broken);

      expect([alice, null]).toContainEqual(device.participant(board));
      expect([null, "nl", "en"]).toContain(device.language());
      expect(typeof (device.draft(board)?.text ?? "")).toBe("string");
      expect(Array.isArray(device.workshops())).toBe(true);
      expect(device.boardAnswer(board)).toBeNull();
      expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    }),
  );
});

test("[J13] broken entries give way to what is remembered next", () => {
  const storage = createStorage();
  createDevice(storage).rememberWorkshop(workshop(1));
  for (const key of storage.kept.keys()) storage.kept.set(key, "{broken");
  const device = createDevice(storage);

  expect(device.workshops()).toEqual([]);
  device.rememberWorkshop(workshop(2));

  expect(device.workshops()).toEqual([workshop(2)]);
});

test("[J13] storage that fills up while working breaks nothing and keeps what it had", () => {
  const storage = createStorage(200);
  const device = createDevice(storage);
  device.rememberDraft(board, { text: "Respect", zone: "roots" });

  device.rememberDraft(board, { text: "Respect ".repeat(100), zone: "roots" });
  device.rememberParticipant(board, alice);

  expect(device.isKeeping).toBe(true);
  expect(device.participant(board)).toEqual(alice);
  const afterReload = createDevice(storage);
  expect(afterReload.draft(board)?.text).toBe("Respect");
  expect(afterReload.participant(board)).toBeNull();
});

test("[J13] without storage, or with one that keeps nothing, the page works until it closes and says so", () => {
  for (const storage of [null, createStorage(0)]) {
    const device = createDevice(storage);
    device.rememberParticipant(board, alice);
    device.rememberDraft(board, { text: "Respect", zone: "roots" });
    device.rememberWorkshop(workshop(1));

    expect(device.isKeeping).toBe(false);
    expect(device.participant(board)).toEqual(alice);
    expect(device.draft(board)?.text).toBe("Respect");
    expect(device.workshops()).toEqual([workshop(1)]);
    expect(createDevice(storage).workshops()).toEqual([]);
  }
});

test("[J13] the ten workshops used last are remembered, latest first, each once", () => {
  const device = createDevice(createStorage());
  for (let number = 1; number <= 12; number += 1) device.rememberWorkshop(workshop(number));

  device.rememberWorkshop(workshop(5));

  expect(device.workshops().map(({ title }) => title)).toEqual(
    [5, 12, 11, 10, 9, 8, 7, 6, 4, 3].map((number) => `Werkplaats ${number}`),
  );
});

test("[J13] looking whether anything can be kept leaves nothing behind", () => {
  const storage = createStorage();

  createDevice(storage);

  expect(storage.kept.size).toBe(0);
});

test("[J13] a storage that is full already is still read", () => {
  const storage = createStorage(300);
  createDevice(storage).rememberParticipant(board, alice);
  storage.kept.set("of others", "x".repeat(300));

  const device = createDevice(storage);

  expect(device.isKeeping).toBe(false);
  expect(device.participant(board)).toEqual(alice);
});

test("[J13] a draft longer than any note comes back after a reload", () => {
  const storage = createStorage();
  const text = "Regel\n".repeat(10_000);
  createDevice(storage).rememberDraft(board, { text, zone: "fruits" });

  expect(createDevice(storage).draft(board)).toEqual({ text, zone: "fruits" });
});

test("[J23] two pages of one browser do not write over what the other remembered", () => {
  const storage = createStorage();
  const [one, other] = [createDevice(storage), createDevice(storage)];

  one.rememberWorkshop(workshop(1));
  other.rememberWorkshop(workshop(2));
  one.rememberWorkshop(workshop(3));
  other.rememberLanguage("en");

  expect(createDevice(storage).workshops()).toEqual([workshop(3), workshop(2), workshop(1)]);
  expect(one.language()).toBe("en");
});

test("[J23] what found no place goes on counting until there is one again", () => {
  const storage = createStorage(90);
  const device = createDevice(storage);
  const long: DeviceParticipant = { ...alice, token: `alice.${"t".repeat(60)}` };

  device.rememberLanguage("en");
  device.rememberParticipant(board, long);

  expect(device.participant(board)).toEqual(long);
  expect(createDevice(storage).participant(board)).toBeNull();
});

test("[J24] facts that were heard yesterday tell what time it is on the server now", () => {
  const storage = createStorage();
  let now = Date.parse("2026-01-01T10:00:00Z");
  const answer: BoardAnswer = {
    ...createExportState(),
    boardId: exampleBoardId,
    present: [],
    role: "contribute",
    serverTime: now + 90_000,
  };
  createDevice(storage, () => now).rememberBoardAnswer(exampleBoardId, answer);

  now += 26 * 3_600_000;
  const device = createDevice(storage, () => now);

  expect(device.boardAnswer(exampleBoardId)).toEqual({ ...answer, serverTime: now + 90_000 });
});

test("[J24] facts that an earlier version kept do not say when, and take this device's time", () => {
  const storage = createStorage();
  const now = Date.parse("2026-01-01T10:00:00Z");
  const answer: BoardAnswer = {
    ...createExportState(),
    boardId: exampleBoardId,
    present: [],
    role: "contribute",
    serverTime: now - 1e9,
  };
  storage.setItem(`collaboration-tree/board/${exampleBoardId}`, JSON.stringify(answer));

  expect(createDevice(storage, () => now).boardAnswer(exampleBoardId)?.serverTime).toBe(now);
});
