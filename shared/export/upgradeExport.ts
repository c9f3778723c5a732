import { type Result, refuse, succeed } from "../result.ts";
import { exportFormat, exportFormatVersion } from "./boardExport.ts";

/*
 * Every past version stays readable: a new one adds the step from the one before it. What comes in here is not known to
 * be an export yet, so that a step touches only what is there and leaves all complaints to the schema.
 */

/** Leads from one version to the next; the last step ends at `exportFormatVersion`. */
type UpgradeStep = {
  readonly from: string;
  readonly to: string;
  readonly upgrade: (value: object) => object;
};

const upgradeSteps: readonly UpgradeStep[] = [
  {
    from: "1.0.0",
    to: "1.1.0",
    // Drawings, highlights, places before a theme and rounds of dots are new.
    upgrade: (value) => ({
      ...value,
      formatVersion: "1.1.0",
      ...changed(value, "board", (board) => ({ ...board, voting: null })),
      ...changed(value, "notes", (notes) => (Array.isArray(notes) ? notes.map(withNewOfNotes) : notes)),
    }),
  },
];

function withNewOfNotes(note: unknown): unknown {
  if (!isObject(note)) return note;
  return { ...note, drawing: null, positionBefore: null, highlighted: false, highlightOrder: null };
}

export function upgradeExport(value: unknown): Result<object, UpgradeError> {
  if (!isObject(value)) return refuse({ kind: "notAnExport" });
  if (ownText(value, "format") !== exportFormat) return refuse({ kind: "notAnExport" });
  let current: object = value;
  let version = ownText(value, "formatVersion");
  if (version === null) return refuse({ kind: "notAnExport" });
  while (version !== exportFormatVersion) {
    const found = upgradeSteps.find((step) => step.from === version);
    if (found === undefined) {
      return refuse({
        kind: "unsupportedVersion",
        version: version.slice(0, 40),
        supported: exportFormatVersion,
      });
    }
    current = found.upgrade(current);
    version = found.to;
  }
  return succeed(current);
}

export type UpgradeError =
  /** JSON, but no export of this product. */
  | { readonly kind: "notAnExport" }
  | { readonly kind: "unsupportedVersion"; readonly version: string; readonly supported: string };

/** One key with what its object or list becomes; nothing when there is no such key, or no such thing under it. */
function changed(value: object, key: string, change: (inner: object) => unknown): object {
  const inner: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return typeof inner === "object" && inner !== null ? { [key]: change(inner) } : {};
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function ownText(value: object, key: string): string | null {
  const own: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return typeof own === "string" ? own : null;
}
