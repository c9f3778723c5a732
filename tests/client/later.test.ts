import { expect, test } from "vitest";
import { createLater } from "../../client/model/later.ts";

test("[L11] code that could not come without a connection comes when it is wanted again, and is asked for once", async () => {
  let isOnline = false;
  let asked = 0;
  const later = createLater(async () => {
    asked += 1;
    if (!isOnline) throw new TypeError("no connection");
    return "menu";
  });

  expect(await later.want()).toBe(false);
  expect(later.get()).toBeNull();
  isOnline = true;
  expect(await Promise.all([later.want(), later.want()])).toEqual([true, true]);
  expect(later.get()).toBe("menu");
  expect(await later.want()).toBe(true);
  expect(asked).toBe(2);
});
