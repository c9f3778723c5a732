import i18next, { type TFunction } from "i18next";
import { beforeAll, describe, expect, test } from "vitest";
import { mayReload, savedWords } from "../../client/controls/savedWords.ts";
import en from "../../client/i18n/en.json" with { type: "json" };
import nl from "../../client/i18n/nl.json" with { type: "json" };
import type { Ending } from "../../client/sync/connectionState.ts";
import type { SavedState } from "../../client/sync/savedState.ts";
import { closeReasonNames, endsForGood } from "../../shared/protocol/closeReasons.ts";
import { refusalReasons } from "../../shared/protocol/messages.ts";

const languages = ["nl", "en"] as const;
const words = i18next.createInstance();

beforeAll(async () => {
  await words.init({
    resources: { nl: { translation: nl }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
});

const endings: readonly Ending[] = [...closeReasonNames.filter(endsForGood), "unwelcome"];
const kept = [true, false];

/** Everything that a badge can have to say. */
const states: readonly SavedState[] = [
  { kind: "connecting" },
  { kind: "saved" },
  { kind: "saving" },
  { kind: "notSavedYet" },
  { kind: "reconnecting", unsentChanges: 0 },
  { kind: "reconnecting", unsentChanges: 3 },
  ...refusalReasons.map((reason) => ({ kind: "notAccepted" as const, reason })),
  ...[null, ...closeReasonNames.filter((name) => !endsForGood(name))].flatMap((reason) =>
    [0, 1, 3].flatMap((unsentChanges) =>
      kept.map((keptOnDevice) => ({ kind: "offline" as const, unsentChanges, keptOnDevice, reason })),
    ),
  ),
  ...endings.flatMap((reason) =>
    kept.map((keptOnDevice) => ({ kind: "closed" as const, reason, unsentChanges: 1, keptOnDevice })),
  ),
];

function say(saved: SavedState, language: (typeof languages)[number]): string {
  const t: TFunction = words.getFixedT(language);
  return savedWords(saved, t);
}

describe.each(languages)("in %s", (language) => {
  test.each([...states])("[R36] %j has a short sentence for people", (saved) => {
    const sentence = say(saved, language);

    expect(sentence).toMatch(/^[A-Z]/);
    expect(sentence).not.toMatch(/\w\.\w|\{\{|undefined|null/);
    expect(sentence.length).toBeLessThanOrEqual(130);
  });

  test("[R36] reasons that share a code are told apart", () => {
    const sentences = (["tooFast", "tooSlow", "roomFull", "storeFailing"] as const).map((reason) =>
      say({ kind: "offline", unsentChanges: 1, keptOnDevice: true, reason }, language),
    );

    expect(new Set(sentences).size).toBe(4);
  });

  test("[R20] only what is saved is called saved", () => {
    const saved = say({ kind: "saved" }, language);

    expect(states.filter((state) => say(state, language) === saved)).toEqual([{ kind: "saved" }]);
  });
});

test("[R36] loading the page anew is offered where it helps, and not where it would lose work", () => {
  const closed = (reason: Ending, keptOnDevice: boolean): SavedState => {
    return { kind: "closed", reason, unsentChanges: 1, keptOnDevice };
  };

  expect(endings.filter((reason) => mayReload(closed(reason, true)))).toEqual([
    "badFrame",
    "tooLarge",
    "textFrame",
  ]);
  expect(endings.filter((reason) => mayReload(closed(reason, false)))).toEqual([]);
  expect(say(closed("tooLarge", false), "en")).toContain("save the board as a file");
  expect(mayReload({ kind: "saved" })).toBe(false);
});
