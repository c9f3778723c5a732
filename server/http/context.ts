import type { RandomBytes } from "../../shared/board/ids.ts";
import type { Log } from "../log.ts";
import type { Keyring } from "../relay/keys.ts";
import type { Relay } from "../relay/relay.ts";
import type { Settings } from "../settings.ts";
import type { Store } from "../store/store.ts";

/** What every resource works with. */
export type HttpContext = {
  readonly settings: Settings;
  readonly store: Store;
  readonly relay: Relay;
  readonly keyring: Keyring;
  readonly log: Log;
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
};
