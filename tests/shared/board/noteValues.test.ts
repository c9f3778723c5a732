import fc from "fast-check";
import { expect, test } from "vitest";
import type { z } from "zod";
import { noteIdSchema, participantIdSchema, themeIdSchema } from "../../../shared/board/ids.ts";
import {
  editSchema,
  latestTime,
  maxEdits,
  noteColourSchema,
  sourceSchema,
  sources,
  timeSchema,
  voiceSchema,
  voices,
} from "../../../shared/board/note.ts";
import {
  colourOf,
  editOf,
  noteIdOf,
  participantIdOf,
  placementOf,
  sourceOf,
  themeIdOf,
  timeOf,
  voiceOf,
} from "../../../shared/board/noteValues.ts";
import { placementSchema, reach, zoneIds } from "../../../shared/board/placement.ts";

const odd = fc.anything({ withNullPrototype: true, withDate: true, withMap: true, withSparseArray: true });
const numbers = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(
    0,
    -0,
    -1,
    reach.lowest,
    reach.highest,
    reach.highest + 0.5,
    latestTime,
    latestTime + 1,
    maxEdits,
  ),
  fc.constantFrom(maxEdits + 1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);
const names = fc.oneof(
  fc.constantFrom(...voices, ...sources, ...zoneIds, "__proto__", "constructor", "prototype", "unnamed", ""),
  fc.stringMatching(/^[A-Za-z0-9_-]{0,70}$/),
  fc.stringMatching(/^#[0-9a-fA-F]{6}$/),
  fc.stringMatching(/^#?[0-9a-fA-F]{5,7}\n?$/),
  fc.string(),
);
const value = fc.oneof(odd, numbers, names);
const record = (...keys: readonly string[]) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] });
const likePlacement = fc.oneof(
  odd,
  record("zone", "x", "y", "more"),
  fc.record({ zone: fc.constantFrom(...zoneIds), x: numbers, y: numbers }),
);
const likeEdit = fc.oneof(odd, record("count", "at", "more"), fc.record({ count: numbers, at: numbers }));

test.each([
  { what: "ids of notes", schema: noteIdSchema, read: noteIdOf, values: value },
  { what: "ids of themes", schema: themeIdSchema, read: themeIdOf, values: value },
  { what: "ids of participants", schema: participantIdSchema, read: participantIdOf, values: value },
  { what: "voices", schema: voiceSchema, read: voiceOf, values: value },
  { what: "sources", schema: sourceSchema, read: sourceOf, values: value },
  { what: "times", schema: timeSchema, read: timeOf, values: value },
  { what: "colours", schema: noteColourSchema, read: colourOf, values: value },
  { what: "placements", schema: placementSchema, read: placementOf, values: likePlacement },
  { what: "edits", schema: editSchema, read: editOf, values: likeEdit },
] as { what: string; schema: z.ZodType; read: (value: unknown) => unknown; values: fc.Arbitrary<unknown> }[])(
  "read by hand, $what are what the schema says",
  ({ schema, read, values }) => {
    let accepted = 0;
    fc.assert(
      fc.property(values, (given) => {
        const parsed = schema.safeParse(given);
        if (parsed.success) accepted += 1;
        expect(read(given)).toEqual(parsed.success ? parsed.data : null);
      }),
      { numRuns: 2_000 },
    );
    expect(accepted).toBeGreaterThan(20);
  },
);
