import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * They take minutes: begun last, they would be waited for with nothing beside them. What fills a core and what mostly
 * waits take turns, so that two at a time find room. A fresh clone knows no durations.
 */
const first = [
  "simulation/simulation",
  "browser/screens",
  "browser/offline",
  "browser/looks",
  "browser/locks",
  "browser/listStates",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const index = first.findIndex((name) => moduleId.includes(`tests/${name}.test.`));
      return index === -1 ? first.length : index;
    };
    return [...sorted].sort((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
  },
});
