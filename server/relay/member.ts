import type { ParticipantId } from "../../shared/board/ids.ts";
import type { CloseReason } from "../../shared/protocol/closeReasons.ts";
import type { SavedMessage } from "../../shared/protocol/messages.ts";
import type { Role } from "../../shared/workshop/workshop.ts";

/** One connection as a room sees it. */
export type Member = {
  readonly role: Role;
  /** Who this is, if it proved so. */
  readonly participant: ParticipantId | null;
  readonly send: (frame: Uint8Array) => void;
  /** Only clients of our own subprotocol hear it; for others this does nothing. */
  readonly tell: (message: SavedMessage) => void;
  readonly sendWorkshopState: (frame: Uint8Array) => void;
  readonly wantsPresence: () => boolean;
  /** Asks for everything that it has and the board lacks. */
  readonly ask: () => void;
  /** Bytes that the network has not taken yet. */
  readonly bufferedBytes: () => number;
  readonly close: (reason: CloseReason) => void;
};
