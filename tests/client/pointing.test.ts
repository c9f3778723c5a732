import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Other } from "../../client/model/boardModel.ts";
import { createSource } from "../../client/model/observable.ts";
import { createPointing } from "../../client/model/pointing.ts";
import { noteIdSchema } from "../../shared/board/ids.ts";
import { type Presence, presenceSchema, type Spotlight } from "../../shared/protocol/presence.ts";

const roots: Spotlight = { zone: "roots" };
const note: Spotlight = { note: noteIdSchema.parse("note0000") };

function other(clientId: number, spotlight: Spotlight | null): Other {
  return {
    clientId,
    participant: null,
    name: `Person ${clientId}`,
    colour: "#2f5d8a",
    pointer: null,
    drag: [],
    editing: null,
    caret: null,
    spotlight,
    isPresenting: false,
  };
}

/** Others as the relay tells of them: only while somebody here watches. */
function setUp({ mayPoint = true }: { readonly mayPoint?: boolean } = {}) {
  const others = createSource<readonly Other[]>([]);
  const sent: Partial<Presence>[] = [];
  let there: readonly Other[] = [];
  let watchers = 0;
  let asked = 0;
  const pointing = createPointing({
    others,
    watchOthers() {
      watchers += 1;
      asked += 1;
      return () => {
        watchers -= 1;
        if (watchers === 0) others.set([]);
      };
    },
    show: (change) => sent.push(change),
    mayPoint,
  });
  return {
    pointing,
    sent,
    asked: () => asked,
    watchers: () => watchers,
    /** What others do now; heard at once by who watches. */
    become(next: readonly Other[]) {
      there = next;
      if (watchers > 0) others.set(there);
    },
    /** The relay's answer to who just began to watch. */
    answer() {
      if (watchers > 0) others.set([...there]);
    },
    watch: () => {
      watchers += 1;
      others.set(there);
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("[W8] what somebody points out is shown with their name until they stop", () => {
  const { pointing, watch, become } = setUp();
  watch();

  become([other(1, null), other(2, roots)]);
  expect(pointing.shown.get()).toEqual({ spotlight: roots, by: { clientId: 2, name: "Person 2" } });
  become([other(1, null), other(2, null)]);
  expect(pointing.shown.get()).toBeNull();
});

test("[W8] of two who point the one who began stays, and one's own comes before both", () => {
  const { pointing, watch, become, sent } = setUp();
  watch();

  become([other(5, roots)]);
  become([other(1, note), other(5, roots)]);
  expect(pointing.shown.get()?.by?.clientId).toBe(5);
  pointing.point(note);
  expect(pointing.shown.get()).toEqual({ spotlight: note, by: null });
  expect(sent).toEqual([{ spotlight: note }]);
  pointing.point(null);
  become([other(1, note)]);
  expect(pointing.shown.get()?.by?.clientId).toBe(1);
});

test("[W8] following ends with the spotlight, and never begins by itself", () => {
  const { pointing, watch, become } = setUp();
  watch();

  become([other(2, roots)]);
  expect(pointing.followed.get()).toBeNull();
  pointing.follow();
  become([other(2, note)]);
  expect(pointing.followed.get()).toBe(2);
  become([]);
  expect(pointing.followed.get()).toBeNull();
  become([other(2, roots)]);
  expect(pointing.followed.get()).toBeNull();
});

test("[W9] who was waved away is not shown until they stopped once", () => {
  const { pointing, watch, become } = setUp();
  watch();

  become([other(2, roots)]);
  pointing.waveAway();
  become([other(2, note)]);
  expect(pointing.shown.get()).toBeNull();
  become([other(2, null)]);
  become([other(2, roots)]);
  expect(pointing.shown.get()?.by?.clientId).toBe(2);
});

test("[W9] a view link points at nothing", () => {
  const { pointing, sent } = setUp({ mayPoint: false });

  pointing.point(roots);

  expect(pointing.shown.get()).toBeNull();
  expect(sent).toEqual([]);
});

test("[W10] a list sees within seconds who points, and in between asks for nobody", () => {
  const { pointing, become, answer, asked, watchers } = setUp();
  become([other(2, roots)]);
  const stop = pointing.glance();

  answer();
  expect(watchers()).toBe(0);
  expect(pointing.shown.get()?.spotlight).toEqual(roots);
  vi.advanceTimersByTime(2_900);
  expect(pointing.shown.get()?.spotlight).toEqual(roots);
  become([other(2, null)]);
  vi.advanceTimersByTime(200);
  answer();
  expect(pointing.shown.get()).toBeNull();
  expect(watchers()).toBe(0);
  expect(asked()).toBe(2);
  stop();
  vi.advanceTimersByTime(20_000);
  expect(asked()).toBe(2);
});

test("[W10] a list forgets a spotlight when nobody answers any more", () => {
  const { pointing, become, answer, watchers } = setUp();
  become([other(2, roots)]);
  pointing.glance();
  answer();
  become([]);

  vi.advanceTimersByTime(6_000);

  expect(pointing.shown.get()).toBeNull();
  expect(watchers()).toBeLessThanOrEqual(1);
  pointing.stop();
});

test("[W10] a page out of sight does not even glance", () => {
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "hidden" }));
  const { pointing, asked } = setUp();

  pointing.glance();
  vi.advanceTimersByTime(30_000);

  expect(asked()).toBe(0);
  pointing.stop();
});

test("[W8] a spotlight that cannot be read is none, and hides nothing else of its sender", () => {
  for (const spotlight of [
    { zone: "sky" },
    { x: 1, y: 2 },
    { x: 0, y: 0, r: 1e9 },
    "roots",
    7,
    { note: "" },
  ]) {
    const read = presenceSchema.parse({ participant: null, pointer: { x: 1, y: 2 }, spotlight });

    expect(read.spotlight).toBeNull();
    expect(read.pointer).toEqual({ x: 1, y: 2 });
  }
  expect(presenceSchema.parse({ spotlight: { x: 10, y: 20, r: 240 } }).spotlight).toEqual({
    x: 10,
    y: 20,
    r: 240,
  });
});

test("[W20] what a presentation lights up is bright here, is told to nobody, and gives way to who points", () => {
  const { pointing, sent, become, watch } = setUp();
  watch();

  pointing.lightUp(note);
  expect(pointing.lit.get()).toEqual(note);
  expect(pointing.shown.get()).toBeNull();
  expect(sent).toEqual([]);

  become([other(1, roots)]);
  expect(pointing.lit.get()).toEqual(roots);
  pointing.waveAway();
  expect(pointing.lit.get()).toEqual(note);
  pointing.lightUp(null);
  expect(pointing.lit.get()).toBeNull();
});
