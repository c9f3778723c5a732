import { z } from "zod";

/**
 * Ids are opaque. Server-made ids are 16 characters of [0-9a-z]; the ids of notes and themes come from any
 * client, so theirs are accepted more widely. Ids are only ever looked up in a `Map`, and the three names that
 * mean something to a plain object are refused besides.
 */
const serverMadeId = z.string().regex(/^[0-9a-z]{16}$/);
export const idPattern = /^[A-Za-z0-9_-]{1,64}$/;
export const reservedIds: readonly string[] = ["__proto__", "constructor", "prototype"];
const clientMadeId = z
  .string()
  .regex(idPattern)
  .refine((id) => !reservedIds.includes(id));

export const workshopIdSchema = serverMadeId.brand<"WorkshopId">();
export const groupIdSchema = serverMadeId.brand<"GroupId">();
export const boardIdSchema = serverMadeId.brand<"BoardId">();
export const participantIdSchema = clientMadeId.brand<"ParticipantId">();
export const noteIdSchema = clientMadeId.brand<"NoteId">();
export const themeIdSchema = clientMadeId.brand<"ThemeId">();

export type WorkshopId = z.infer<typeof workshopIdSchema>;
export type GroupId = z.infer<typeof groupIdSchema>;
export type BoardId = z.infer<typeof boardIdSchema>;
export type ParticipantId = z.infer<typeof participantIdSchema>;
export type NoteId = z.infer<typeof noteIdSchema>;
export type ThemeId = z.infer<typeof themeIdSchema>;

/** Fills a buffer with random bytes: `crypto.getRandomValues`, or a seeded source in tests. */
export type RandomBytes = (length: number) => Uint8Array;

const idAlphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

/** 16 characters of [0-9a-z], about 82 bits; every id this product makes has this shape. */
export function createId(randomBytes: RandomBytes): string {
  let id = "";
  while (id.length < 16) {
    for (const byte of randomBytes(24)) {
      // 252 is the largest multiple of 36 in a byte: what lies above would favour the first letters.
      if (byte < 252 && id.length < 16) id += idAlphabet.charAt(byte % 36);
    }
  }
  return id;
}
