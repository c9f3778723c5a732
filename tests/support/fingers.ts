import type { Locator, Page } from "playwright-core";

export type Finger = { readonly x: number; readonly y: number; readonly radius?: number };

export type Fingers = {
  readonly touch: (
    type: "touchStart" | "touchMove" | "touchEnd" | "touchCancel",
    fingers: readonly Finger[],
  ) => Promise<unknown>;
  /** Each finger from its place by so much, in eight steps. */
  readonly slide: (
    from: readonly Finger[],
    by: readonly Finger[],
    end?: "touchEnd" | "touchCancel",
  ) => Promise<void>;
  readonly tap: (at: Finger) => Promise<void>;
  /** Two taps, until what they open is there. */
  readonly tapTwice: (at: Finger, opened: Locator) => Promise<void>;
};

/** Real touches, as a table or a phone sends them. */
export async function fingersOn(page: Page): Promise<Fingers> {
  const session = await page.context().newCDPSession(page);
  const touch: Fingers["touch"] = (type, fingers) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: fingers.map(({ x, y, radius = 8 }, id) => ({
        x,
        y,
        radiusX: radius,
        radiusY: radius,
        id,
      })),
    });
  async function tap(at: Finger): Promise<void> {
    await touch("touchStart", [at]);
    await touch("touchEnd", []);
  }
  return {
    touch,
    tap,
    async slide(from, by, end = "touchEnd") {
      await touch("touchStart", from);
      for (let step = 1; step <= 8; step += 1) {
        const share = step / 8;
        await touch(
          "touchMove",
          from.map(({ x, y, ...rest }, index) => ({
            x: x + share * (by[index]?.x ?? 0),
            y: y + share * (by[index]?.y ?? 0),
            ...rest,
          })),
        );
      }
      await touch(end, []);
    },
    async tapTwice(at, opened) {
      // A machine that is busy may take longer between two taps than a hand does: then once more.
      const isOpen = () =>
        opened.waitFor({ timeout: 3_000 }).then(
          () => true,
          () => false,
        );
      for (let attempt = 0; attempt < 4 && !(attempt > 0 && (await isOpen())); attempt += 1) {
        for (let taps = 0; taps < 2; taps += 1) await tap(at);
      }
    },
  };
}
