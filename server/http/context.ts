import type { RandomBytes } from "../../shared/board/ids.ts";
import type { Exporter } from "../exporting/exporter.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Clock } from "../relay/clock.ts";
import type { Keyring } from "../relay/keys.ts";
import type { Relay } from "../relay/relay.ts";
import type { Settings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import type { Budget } from "./budget.ts";

/** What every resource works with. */
export type HttpContext = {
  readonly settings: Settings;
  readonly store: Store;
  readonly relay: Relay;
  readonly keyring: Keyring;
  /** How many boards an address may make, in whichever way. */
  readonly boardsBudget: Budget;
  readonly exporter: Exporter;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  readonly elapsed: Clock["elapsed"];
  readonly after: Clock["after"];
  readonly randomBytes: RandomBytes;
};
