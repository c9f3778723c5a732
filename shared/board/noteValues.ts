import { clamp } from "./geometry.ts";
import { idPattern, type NoteId, type ParticipantId, reservedIds, type ThemeId } from "./ids.ts";
import {
  type Edit,
  latestTime,
  maxEdits,
  noteColourPattern,
  type Source,
  sources,
  type Voice,
  voices,
} from "./note.ts";
import { type Placement, reach, zoneIds } from "./placement.ts";

/*
 * The values that nearly every note has, read by hand: a large board has fifty thousand of them, and before anything is
 * seen a schema takes several times as long for each. They accept and give what the schemas beside the types do; a test
 * holds them to it. `null` for everything else.
 */

const isId = (value: unknown): value is string =>
  typeof value === "string" && idPattern.test(value) && !reservedIds.includes(value);

export const noteIdOf = (value: unknown): NoteId | null => (isId(value) ? (value as NoteId) : null);
export const themeIdOf = (value: unknown): ThemeId | null => (isId(value) ? (value as ThemeId) : null);
export const participantIdOf = (value: unknown): ParticipantId | null =>
  isId(value) ? (value as ParticipantId) : null;

const oneOf =
  <Name extends string>(names: readonly Name[]) =>
  (value: unknown): Name | null =>
    names.find((name) => name === value) ?? null;

export const voiceOf: (value: unknown) => Voice | null = oneOf(voices);
export const sourceOf: (value: unknown) => Source | null = oneOf(sources);
const zoneOf = oneOf(zoneIds);

export const timeOf = (value: unknown): number | null =>
  typeof value === "number" && value >= 0 && value <= latestTime ? value : null;

export const colourOf = (value: unknown): string | null =>
  typeof value === "string" && noteColourPattern.test(value) ? value : null;

export function placementOf(value: unknown): Placement | null {
  if (!isObject(value)) return null;
  const { x, y } = value;
  const zone = zoneOf(value.zone);
  if (zone === null || !Number.isFinite(x) || !Number.isFinite(y)) return null;
  const within = (coordinate: unknown) => clamp(Number(coordinate), reach.lowest, reach.highest);
  return { zone, x: within(x), y: within(y) };
}

export function editOf(value: unknown): Edit | null {
  if (!isObject(value)) return null;
  const at = timeOf(value.at);
  const { count } = value;
  const isCount = typeof count === "number" && Number.isInteger(count) && count >= 0 && count <= maxEdits;
  return isCount && at !== null ? { count, at } : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
