import type { FastifyRequest } from "fastify";
import { type BoardId, boardIdSchema, workshopIdSchema } from "../../shared/board/ids.ts";
import { mayDo } from "../../shared/workshop/permissions.ts";
import type { Role } from "../../shared/workshop/workshop.ts";
import type { Keyring } from "../relay/keys.ts";
import type { GroupRecord, Store, WorkshopRecord } from "../store/store.ts";

export type BoardAccess = {
  readonly role: Role;
  readonly workshop: WorkshopRecord;
  readonly group: GroupRecord;
};
export type WorkshopAccess = {
  readonly role: Role;
  readonly workshop: WorkshopRecord;
  readonly groups: readonly GroupRecord[];
  /** The board whose key this is; null for the facilitator's, which is the workshop's. */
  readonly of: BoardId | null;
};

function bearerKey(request: FastifyRequest): string {
  // RFC 9110: any number of blanks, and the scheme in any letters.
  return /^bearer +(\S+)$/i.exec(request.headers.authorization?.trim() ?? "")?.[1] ?? "";
}

/** Null for an unknown board and for a wrong key alike. */
export async function accessToBoard(
  { store, keyring }: { readonly store: Store; readonly keyring: Keyring },
  request: FastifyRequest<{ Params: { boardId: string } }>,
): Promise<BoardAccess | null> {
  const boardId = boardIdSchema.safeParse(request.params.boardId);
  if (!boardId.success) return null;
  const group = await store.groupOfBoard(boardId.data);
  const workshop = group === null ? null : await store.workshop(group.workshopId);
  if (group === null || workshop === null) return null;
  const role = keyring.roleOnBoard(bearerKey(request), workshop, group);
  return role === null ? null : { role, workshop, group };
}

/** Null for an unknown workshop and for a key that opens none of its boards alike. */
export async function accessToWorkshop(
  { store, keyring }: { readonly store: Store; readonly keyring: Keyring },
  request: FastifyRequest<{ Params: { id: string } }>,
): Promise<WorkshopAccess | null> {
  const id = workshopIdSchema.safeParse(request.params.id);
  const workshop = id.success ? await store.workshop(id.data) : null;
  if (workshop === null) return null;
  const groups = await store.groupsOf(workshop.facts.id);
  const key = bearerKey(request);
  for (const group of groups) {
    const role = keyring.roleOnBoard(key, workshop, group);
    if (role !== null) {
      return { role, workshop, groups, of: mayDo(role, "manage") ? null : group.facts.boardId };
    }
  }
  return null;
}
