import { z } from "zod";
import { boardIdSchema, groupIdSchema, participantIdSchema, workshopIdSchema } from "../board/ids.ts";
import { countCodePoints, voiceSchema } from "../board/note.ts";
import { focuses, languages } from "../template/template.ts";

/*
 * What someone is responsible for: rows of the server, changed over HTTP by whoever holds the right key, and
 * pushed to every connection of the workshop. Personal data lives here and nowhere else.
 */

export const roles = ["facilitate", "contribute", "view"] as const;
export const roleSchema = z.enum(roles);
/** What a key allows. */
export type Role = (typeof roles)[number];

export const languageSchema = z.enum(languages);
export const focusSchema = z.enum(focuses);

/** One line that people typed: trimmed, no control characters, at most `longest` code points. */
function lineSchema(longest: number) {
  return (
    z
      .string()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is being taken out
      .transform((line) => line.replace(/[\u0000-\u001F\u007F\u2028\u2029\uD800-\uDFFF]+/gu, " ").trim())
      .refine((line) => countCodePoints(line) <= longest, { message: `at most ${longest} characters` })
  );
}

const filled = (longest: number) =>
  lineSchema(longest).refine((line) => line.length > 0, { message: "must not be empty" });

export const titleSchema = filled(200);
export const groupNameSchema = filled(80);
export const personNameSchema = lineSchema(80);
export const affiliationSchema = lineSchema(80);

export const dateSchema = z.iso.date();
/** ISO 8601 in UTC. */
export const instantSchema = z.iso.datetime();

/** `null`: not asked or not answered. See docs/decisions on what that means for exports. */
export const consentSchema = z.object({
  research: z.boolean().nullable(),
  quote: z.boolean().nullable(),
});
export type Consent = z.infer<typeof consentSchema>;

export const workshopFactsSchema = z.object({
  id: workshopIdSchema,
  title: titleSchema,
  language: languageSchema,
  date: dateSchema.nullable(),
  createdAt: instantSchema,
  retentionUntil: dateSchema.nullable(),
});
export type WorkshopFacts = z.infer<typeof workshopFactsSchema>;

export const groupFactsSchema = z.object({
  id: groupIdSchema,
  name: groupNameSchema,
  focus: focusSchema,
  boardId: boardIdSchema,
  templateId: z.string().regex(/^[a-z][A-Za-z0-9-]{0,39}$/),
  createdAt: instantSchema,
  /** Locked by the facilitator: everybody reads, nobody changes. */
  locked: z.boolean().default(false),
});
export type GroupFacts = z.infer<typeof groupFactsSchema>;

export const participantFactsSchema = z.object({
  id: participantIdSchema,
  boardId: boardIdSchema,
  /** The number behind P in exports: given once per board, not in the order of joining. */
  code: z.number().int().min(1).max(99_999),
  role: roleSchema,
  name: personNameSchema.nullable(),
  voice: voiceSchema.nullable(),
  affiliation: affiliationSchema.nullable(),
  consent: consentSchema,
});
export type ParticipantFacts = z.infer<typeof participantFactsSchema>;

/** Who has a board open now; `connections` counts devices, also those of nobody in particular. */
export const presentSchema = z.object({
  boardId: boardIdSchema,
  participants: z.array(participantIdSchema),
  connections: z.number().int().min(0),
});
export type Present = z.infer<typeof presentSchema>;

/** What every connection of a workshop gets, whole, whenever it changes. */
export const workshopStateSchema = z.object({
  workshop: workshopFactsSchema,
  groups: z.array(groupFactsSchema),
  participants: z.array(participantFactsSchema),
  present: z.array(presentSchema),
  /** Milliseconds; a client keeps the difference with its own clock. */
  serverTime: z.number(),
});
export type WorkshopState = z.infer<typeof workshopStateSchema>;
