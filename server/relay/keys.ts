import { createHmac, timingSafeEqual } from "node:crypto";
import { type BoardId, type ParticipantId, participantIdSchema } from "../../shared/board/ids.ts";
import { keySchema, participantTokenSchema } from "../../shared/workshop/api.ts";
import { type Role, roles } from "../../shared/workshop/workshop.ts";
import type { Secret } from "../settings.ts";
import type { GroupRecord, WorkshopRecord } from "../store/store.ts";

/**
 * Keys are derived, never stored: HMAC-SHA256 of the server's secret over role, id and generation, 192 bits. Raising
 * a generation makes every older key worthless.
 */
export type Keyring = {
  readonly facilitateKey: (workshop: WorkshopRecord) => string;
  readonly boardKey: (role: "contribute" | "view", group: GroupRecord) => string;
  /** What a key allows on one board; null for a wrong one. */
  readonly roleOnBoard: (key: string, workshop: WorkshopRecord, group: GroupRecord) => Role | null;
  /** A token is good on the board where its participant joined, and nowhere else. */
  readonly participantToken: (boardId: BoardId, id: ParticipantId) => string;
  readonly participantOfToken: (boardId: BoardId, token: string) => ParticipantId | null;
};

export function createKeyring(secret: Secret): Keyring {
  const derive = (subject: string) =>
    createHmac("sha256", secret.reveal()).update(subject).digest().subarray(0, 24).toString("base64url");
  const facilitateKey: Keyring["facilitateKey"] = ({ facts, generation }) =>
    derive(`facilitate:${facts.id}:${generation}`);
  const boardKey: Keyring["boardKey"] = (role, { facts, generation }) =>
    derive(`${role}:${facts.boardId}:${generation}`);
  return {
    facilitateKey,
    boardKey,
    roleOnBoard(key, workshop, group) {
      if (!keySchema.safeParse(key).success) return null;
      const keyOf = (role: Role) => (role === "facilitate" ? facilitateKey(workshop) : boardKey(role, group));
      return roles.find((role) => isSame(key, keyOf(role))) ?? null;
    },
    participantToken: (boardId, id) => `${id}.${derive(`participant:${boardId}:${id}`)}`,
    participantOfToken(boardId, token) {
      if (!participantTokenSchema.safeParse(token).success) return null;
      const [id, proof] = token.split(".");
      if (id === undefined || proof === undefined) return null;
      return isSame(proof, derive(`participant:${boardId}:${id}`)) ? participantIdSchema.parse(id) : null;
    },
  };
}

/** Takes as long for a nearly right key as for a wrong one. */
function isSame(given: string, right: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
