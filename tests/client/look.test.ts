import fc from "fast-check";
import { expect, test } from "vitest";
import { createDevice } from "../../client/sync/identity.ts";
import { defaultLook, isLow, type Look, lookSchema, roomOf, shownLook } from "../../client/ui/look.ts";

function createStorage(): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

const night: Look = { ...defaultLook, scheme: "dark", textSize: "large", isCalm: true };

test("[W1] a reload looks the same, and shows the same side of the board", () => {
  const storage = createStorage();
  const before = createDevice(storage);
  before.rememberLook(night);
  before.rememberBoardView("both");

  const after = createDevice(storage);

  expect(after.look()).toEqual(night);
  expect(after.boardView()).toBe("both");
});

test("[W1] a new browser has the look of its device, and no side yet", () => {
  const device = createDevice(createStorage());

  expect(device.look()).toEqual(defaultLook);
  expect(device.boardView()).toBeNull();
});

test("[W1] a look from a later version keeps what is known of it", () => {
  expect(lookSchema.parse({ scheme: "sepia", contrast: "high", isCalm: "yes", isLiving: false })).toEqual({
    ...defaultLook,
    contrast: "high",
    isLiving: false,
  });
});

test("[W1] whatever lies in the storage, the page has a look and a side", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const storage = createStorage();
      storage.setItem("collaboration-tree/look", text);
      storage.setItem("collaboration-tree/view", text);
      const device = createDevice(storage);

      expect(lookSchema.safeParse(device.look()).success).toBe(true);
      expect([null, "tree", "both", "list"]).toContain(device.boardView());
    }),
  );
});

test("[W2] the device decides where nothing was chosen, and only there", () => {
  const darkDevice = { isDark: true, isHighContrast: true };
  const plainDevice = { isDark: false, isHighContrast: false };

  expect(shownLook(defaultLook, darkDevice)).toMatchObject({ scheme: "dark", contrast: "high" });
  expect(shownLook(defaultLook, plainDevice)).toMatchObject({ scheme: "light", contrast: "normal" });
  const chosen: Look = { ...defaultLook, scheme: "light", contrast: "normal" };
  expect(shownLook(chosen, darkDevice)).toMatchObject({ scheme: "light", contrast: "normal" });
  expect(shownLook({ ...defaultLook, scheme: "dark", contrast: "high" }, plainDevice)).toMatchObject({
    scheme: "dark",
    contrast: "high",
  });
});

test("[W2] larger letters make the same screen smaller", () => {
  expect(roomOf(360, 16)).toBe("narrow");
  expect(roomOf(640, 16)).toBe("narrow");
  expect(roomOf(1024, 16)).toBe("wide");
  expect(roomOf(1024, 20)).toBe("middle");
  expect(roomOf(1024, 24)).toBe("middle");
  expect(roomOf(683, 16)).toBe("middle");
  expect(roomOf(1920, 16)).toBe("widest");
  expect(isLow(740, 16)).toBe(false);
  expect(isLow(740, 24)).toBe(true);
  expect(isLow(384, 16)).toBe(true);
});
