import { z } from "zod";
import { boardIdSchema, groupIdSchema, participantIdSchema } from "../board/ids.ts";
import { voiceSchema } from "../board/note.ts";
import {
  affiliationSchema,
  consentSchema,
  dateSchema,
  focusSchema,
  groupFactsSchema,
  groupNameSchema,
  languageSchema,
  participantFactsSchema,
  personNameSchema,
  presentSchema,
  roleSchema,
  titleSchema,
  workshopFactsSchema,
  workshopStateSchema,
} from "./workshop.ts";

/** Every HTTP request and answer; client and server both read it. Unknown keys of a request are ignored. */

/** Shape only: whether a key is right is for the server to say. */
export const keySchema = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/);

export const createWorkshopSchema = z.object({
  title: titleSchema,
  language: languageSchema.default("nl"),
  date: dateSchema.nullable().default(null),
  groups: z
    .array(z.object({ name: groupNameSchema, focus: focusSchema }))
    .min(1)
    .max(30),
});

const groupKeysSchema = z.object({ contribute: keySchema, view: keySchema });

export const groupWithKeysSchema = groupFactsSchema.extend({ keys: groupKeysSchema });
export type GroupWithKeys = z.infer<typeof groupWithKeysSchema>;

/** The group of an import, and what became of the file. */
export const boardImportedSchema = groupWithKeysSchema.extend({
  report: z.object({
    /** The content still has the hash that the file says. */
    isIntact: z.boolean(),
    /** Entries of the file that a board has no place for. */
    leftOut: z.object({ codes: z.number(), codings: z.number(), events: z.number() }),
  }),
});
export type BoardImported = z.infer<typeof boardImportedSchema>;

export const workshopCreatedSchema = z.object({
  workshop: workshopFactsSchema.extend({ joinCode: z.string() }),
  keys: z.object({ facilitate: keySchema }),
  groups: z.array(groupWithKeysSchema),
});
export type WorkshopCreated = z.infer<typeof workshopCreatedSchema>;

/** `joinCode` and `keys` are there for the facilitator only. */
export const workshopAnswerSchema = workshopStateSchema.extend({
  role: roleSchema,
  workshop: workshopFactsSchema.extend({ joinCode: z.string().optional() }),
  groups: z.array(groupFactsSchema.extend({ keys: groupKeysSchema.optional() })),
});
export type WorkshopAnswer = z.infer<typeof workshopAnswerSchema>;

export const boardAnswerSchema = workshopStateSchema.extend({
  role: roleSchema,
  boardId: boardIdSchema,
});
export type BoardAnswer = z.infer<typeof boardAnswerSchema>;

/** What the facilitator may change about a board. Locked: everybody reads, nobody changes. */
export const changeBoardSchema = z.object({ locked: z.boolean() });
export type ChangeBoard = z.infer<typeof changeBoardSchema>;

/** The facts of the board as they are from here on. */
export const boardChangedSchema = groupFactsSchema;
export type BoardChanged = z.infer<typeof boardChangedSchema>;

export const addGroupSchema = z.object({ name: groupNameSchema, focus: focusSchema });
export type AddGroup = z.infer<typeof addGroupSchema>;

/** Everything may be left out; `""` and `null` also mean "not said". */
export const joinBoardSchema = z.object({
  name: personNameSchema.nullish(),
  voice: voiceSchema.nullish(),
  affiliation: affiliationSchema.nullish(),
  consent: z
    .union([z.boolean(), consentSchema.partial()])
    .nullish()
    .transform((consent) => {
      if (typeof consent === "boolean") return { research: consent, quote: null };
      return { research: consent?.research ?? null, quote: consent?.quote ?? null };
    }),
});
/** Only what is named changes; of consent, too, each part by itself. */
export const changeParticipantSchema = joinBoardSchema.omit({ consent: true }).extend({
  consent: z
    .union([z.boolean().transform((research) => ({ research })), consentSchema.partial()])
    .nullish()
    .transform((consent) => (consent === null ? { research: null, quote: null } : consent)),
});

export type JoinBoard = z.input<typeof joinBoardSchema>;

/** The token proves to the relay, and to later changes of the row, that this device is this participant. */
export const participantTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{22,64}$/);

export const participantJoinedSchema = participantFactsSchema.omit({ id: true }).extend({
  participantId: participantIdSchema,
  participantToken: participantTokenSchema,
});
export type ParticipantJoined = z.infer<typeof participantJoinedSchema>;

export const joinCodeAnswerSchema = z.object({
  workshop: workshopFactsSchema.pick({ id: true, title: true, language: true, date: true }),
  groups: z.array(
    z.object({
      id: groupIdSchema,
      name: groupNameSchema,
      focus: focusSchema,
      boardId: boardIdSchema,
      keys: z.object({ contribute: keySchema }),
      /** Devices that have the board open now: helps people spread. */
      connections: presentSchema.shape.connections,
    }),
  ),
});
export type JoinCodeAnswer = z.infer<typeof joinCodeAnswerSchema>;

const problemTypes = [
  "not-found",
  "forbidden",
  "bad-request",
  "request-timeout",
  "headers-too-large",
  "too-large",
  "too-many-requests",
  "unsupported-media-type",
  "method-not-allowed",
  "unsupported-export-version",
  "unavailable",
  "internal",
] as const;
export type ProblemType = (typeof problemTypes)[number];

/** RFC 9457; `type` is stable, `detail` is for people who build against this. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export function problemUri(type: ProblemType): string {
  return `urn:collaboration-tree:problem:${type}`;
}
