import { randomInt } from "node:crypto";
import { runHistory } from "./history.ts";
import { createTally } from "./tally.ts";

/* npm run simulate -- [histories] [first seed]: as many histories as one likes, from a random seed or a given one. */

const [countArgument = "1000", firstArgument] = process.argv.slice(2);
const count = Number(countArgument);
const first = firstArgument === undefined ? randomInt(1_000_000_000) : Number(firstArgument);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(first)) {
  console.error("npm run simulate -- [how many histories] [first seed]");
  process.exit(2);
}

const tally = createTally();
const start = performance.now();
let failed = 0;
for (let seed = first; seed < first + count; seed += 1) {
  const outcome = await runHistory(seed);
  if (outcome.kind === "equal") tally.add(outcome.tally);
  else {
    failed += 1;
    console.log(`seed ${seed} failed: ${outcome.message}\n  ${outcome.trace.slice(-40).join("\n  ")}`);
  }
  if ((seed - first + 1) % 1000 === 0) console.log(`${seed - first + 1} of ${count}`);
}
const seconds = (performance.now() - start) / 1000;
console.log(`${count} histories from seed ${first} in ${seconds.toFixed(1)} s, ${failed} failed`);
console.log(tally.all());
process.exitCode = failed === 0 ? 0 : 1;
