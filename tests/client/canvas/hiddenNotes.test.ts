import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutHidden } from "../../../client/canvas/hiddenNotes.ts";

const size = { width: 320, height: 200 };
const placed = (x: number, y: number) => ({ bounds: { x, y, ...size } });
const area = { x: 0, y: 0, width: 3200, height: 2000 };

test("[C2] of a pile only what shows is painted, in the same order", () => {
  const pile = Array.from({ length: 200 }, (_, index) => placed(400 + (index % 5) * 60, 300));

  const visible = withoutHidden(pile, area);

  expect(visible.length).toBeLessThanOrEqual(15);
  expect(visible.at(-1)).toBe(pile.at(-1));
  expect(visible).toEqual(pile.filter((note) => visible.includes(note)));
});

test("[C2] whatever is left out is covered, in every point, by notes above it", () => {
  const coordinate = fc.integer({ min: -200, max: 1200 });
  let hidden = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 20, maxLength: 120 }), (corners) => {
      const notes = corners.map(([x, y]) => placed(x, y));
      const small = { x: 0, y: 0, width: 1000, height: 1000 };
      const visible = new Set(withoutHidden(notes, small));
      for (const [index, note] of notes.entries()) {
        if (visible.has(note)) continue;
        hidden += 1;
        const above = notes.slice(index + 1);
        for (let x = note.bounds.x; x <= note.bounds.x + size.width; x += 40) {
          for (let y = note.bounds.y; y <= note.bounds.y + size.height; y += 40) {
            if (x < 0 || y < 0 || x > 1000 || y > 1000) continue;
            expect(
              above.some(
                ({ bounds }) =>
                  x >= bounds.x && x <= bounds.x + size.width && y >= bounds.y && y <= bounds.y + size.height,
              ),
            ).toBe(true);
          }
        }
      }
    }),
    { numRuns: 40 },
  );
  expect(hidden).toBeGreaterThan(100);
});
