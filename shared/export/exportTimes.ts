import { compareText } from "../board/readBoard.ts";
import type { BoardExport, PrivacyLevel } from "./boardExport.ts";

export type Precision = {
  readonly name: BoardExport["privacy"]["timestampPrecision"];
  /** Milliseconds to ISO 8601 in UTC, cut off rather than rounded. */
  readonly toInstant: (ms: number) => string;
};

export const seconds: Precision = {
  name: "second",
  toInstant: (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`,
};
const days: Precision = {
  name: "day",
  toInstant: (ms) => `${new Date(ms).toISOString().slice(0, 10)}T00:00:00Z`,
};

export function precisionOf(privacy: PrivacyLevel): Precision {
  return privacy === "anonymous" ? days : seconds;
}

type Dated = { readonly createdAt: number | null; readonly id: string };

/** By the second, not the millisecond: an import knows no more than the export says, and must number alike. */
export function compareBySecond(a: Dated, b: Dated): number {
  const second = ({ createdAt }: Dated) => Math.floor((createdAt ?? 0) / 1000);
  return second(a) - second(b) || compareText(a.id, b.id);
}
