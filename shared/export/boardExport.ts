import { z } from "zod";
import { maxDrawingCoordinate, maxDrawingPoints, maxStrokes, readDrawing } from "../board/drawing.ts";
import { boardIdSchema, noteIdSchema, workshopIdSchema } from "../board/ids.ts";
import { countCodePoints, maxHighlights, sources, voices } from "../board/note.ts";
import { zoneIds } from "../board/placement.ts";
import { votingSchema } from "../board/voting.ts";
import { focuses, languages } from "../template/template.ts";
import {
  affiliationSchema,
  dateSchema,
  groupNameSchema,
  personNameSchema,
  roles,
  titleSchema,
} from "../workshop/workshop.ts";

/*
 * Format version 1 of the research export. Objects are closed, keys are never absent, what is unknown is null or
 * "unspecified". The JSON Schema that the app publishes is made from this; a change of shape is a new format
 * version with an upgrade step in `upgradeExport.ts`.
 */

export const exportFormat = "collaboration-tree";
export const exportFormatVersion = "1.1.0";
export const exportSchemaId = "urn:collaboration-tree:schema:export-1";

export const privacyLevels = ["named", "pseudonymised", "anonymous"] as const;
export type PrivacyLevel = (typeof privacyLevels)[number];

const noteStatuses = ["active", "removed", "withdrawn"] as const;

/** What an export leaves out; each with a count, so that a reader knows what is missing. */
export const removedKinds = [
  "affiliations",
  "names",
  "participants",
  "removedNotes",
  "secretVotes",
  "unattributedNotes",
  "unquotableNotes",
  "withheldNotes",
] as const;

const eventTypes = [
  "note.create",
  "note.edit",
  "note.move",
  "note.rezone",
  "note.remove",
  "note.restore",
  "vote.add",
  "vote.remove",
  "theme.create",
  "theme.edit",
  "theme.remove",
  "stage.change",
] as const;

const participantCode = (description: string) =>
  z
    .string()
    .regex(/^P(0[1-9]|[1-9][0-9]{1,4})$/)
    .describe(description)
    .meta({ examples: ["P01"] });

const themeCode = (description: string) =>
  z
    .string()
    .regex(/^T[1-9][0-9]{0,6}$/)
    .describe(description)
    .meta({ examples: ["T1"] });

const instant = (description: string) =>
  z.iso
    .datetime({ precision: 0 })
    .describe(description)
    .meta({ examples: ["2025-10-09T19:30:00Z"] });

/** A line that the schema of the server's state accepts as well. `maxLength` counts code points, as JSON Schema does. */
const line = (description: string, schema: z.ZodType<string>, longest: number, shortest: 0 | 1 = 1) =>
  z
    .string()
    .refine((value) => schema.safeParse(value).success && countCodePoints(value) <= longest)
    .describe(description)
    .meta({ minLength: shortest, maxLength: longest });

const code = (description: string) =>
  z
    .string()
    .regex(/^K[1-9][0-9]{0,4}$/)
    .describe(description)
    .meta({ examples: ["K1"] });

const sha256 = (description: string) =>
  z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe(description);

const colour = (description: string) =>
  z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .describe(description)
    .meta({ examples: ["#f6e3b4"] });

const count = (description: string) => z.int().min(0).describe(description);

const words = (description: string) =>
  z
    .strictObject({ nl: z.string().describe("In Dutch."), en: z.string().describe("In English.") })
    .describe(description);

const zone = (description: string) => z.enum(zoneIds).describe(description);
const focus = (description: string) => z.enum(focuses).describe(description);

const privacySchema = z.strictObject({
  level: z
    .enum(privacyLevels)
    .describe(
      "named: with the names people typed; pseudonymised: codes instead; anonymous: no people at all.",
    ),
  timestampPrecision: z.enum(["second", "minute", "day"]).describe("To what all times below are cut off."),
  removed: z
    .array(
      z.strictObject({
        what: z
          .enum(removedKinds)
          .describe(
            "affiliations: of notes, left out because too few people share them; names: of people, left out; participants: people who are not listed; removedNotes: notes in the bin that an anonymous export leaves out; secretVotes: dots of a round that goes on, which nobody may see before everybody does; unattributedNotes: notes listed without whose they are, because that person did not say yes to research; unquotableNotes: notes left out of an anonymous export; withheldNotes: notes whose text is left out because their author wants no part in the research.",
          ),
        count: z.int().min(1).describe("How many."),
      }),
    )
    .describe("What was left out for privacy, by kind. Empty when nothing was."),
});

const workshopSchema = z.strictObject({
  id: workshopIdSchema.describe("Id of the workshop.").meta({ examples: ["0k3v9x2m4q7w1z5b"] }),
  title: line("Title as the facilitator typed it.", titleSchema, 200),
  date: dateSchema.nullable().describe("Day of the workshop; null when nobody said."),
  languages: z.array(z.enum(languages)).describe("Languages in which the workshop is held."),
  retentionUntil: dateSchema.nullable().describe("Day on which the workshop is erased; null: no day set."),
});

const templateSchema = z.strictObject({
  id: z
    .string()
    .describe("Which template the board is drawn on.")
    .meta({ examples: ["tree"] }),
  version: z
    .string()
    .describe("Version of the template.")
    .meta({ examples: ["1.0.0"] }),
  zones: z
    .array(
      z.strictObject({
        id: zone("Id of the zone, as notes name it."),
        order: z.int().min(1).describe("Position in lists, from 1."),
        title: words("Name of the zone."),
        question: words("What the zone asks, for the focus of this board."),
      }),
    )
    .describe("The zones of the template, in order."),
  focuses: z.array(focus("A focus.")).describe("Every focus the template exists in."),
  voices: z.array(z.enum(voices).describe("A voice.")).describe("Every voice a note can have."),
});

const boardSchema = z.strictObject({
  id: boardIdSchema.describe("Id of the board.").meta({ examples: ["4n8s2c6y0h3j5t7d"] }),
  title: line("Title of the board: the name of its group.", groupNameSchema, 80),
  group: line("Name of the group that made the board.", groupNameSchema, 80),
  focus: focus("individual: supporting single families; community: shared processes."),
  createdAt: instant("When the board was set up."),
  updatedAt: instant("Latest change of a note, or when the board was set up."),
  world: z
    .strictObject({
      width: z.number().positive().describe("Width in world units."),
      height: z.number().positive().describe("Height in world units."),
    })
    .describe("The area that positions refer to; x grows to the right, y downwards."),
  voting: z
    .strictObject({
      dots: votingSchema.shape.dots.describe("How many dots each person may give."),
      phase: votingSchema.shape.phase.describe(
        "open: it goes on, and the votes of the notes are withheld; shown: it is over, and they are in the notes.",
      ),
    })
    .describe("The round of dots; null when there is none.")
    .nullable(),
});

const participantSchema = z.strictObject({
  id: participantCode(
    "Code of this person on this board, the same in every export; not the order of joining.",
  ),
  role: z.enum(roles).describe("What the link of this person allowed."),
  name: line("As typed; null unless the privacy level is named.", personNameSchema, 80, 0).nullable(),
  voice: z.enum(voices).nullable().describe("Voice of this person; null when not asked."),
  affiliation: line("For instance a municipality; null when not said.", affiliationSchema, 80, 0).nullable(),
  consent: z
    .strictObject({
      research: z.boolean().nullable().describe("May the notes be used for research; null when not asked."),
      quote: z.boolean().nullable().describe("May the notes be quoted; null when not asked."),
    })
    .describe("What this person agreed to."),
});

const point = {
  x: z.number().describe("Left side, in world units."),
  y: z.number().describe("Upper side, in world units."),
};

const drawingSchema = z
  .strictObject({
    strokes: z
      .array(
        z
          .array(
            z
              .int()
              .min(0)
              .max(maxDrawingCoordinate)
              .describe("A coordinate in world units from the upper left corner of the note."),
          )
          .min(2)
          .max(2 * maxDrawingPoints)
          .describe("One stroke: x, y of its first point, then of the next, to the last."),
      )
      .min(1)
      .max(maxStrokes)
      .describe("The strokes in the order in which they were drawn."),
  })
  .refine(({ strokes }) => readDrawing(strokes) !== null)
  .describe("What was drawn on the note by hand; null when nothing was, or when the note is withdrawn.");

const noteSchema = z.strictObject({
  id: noteIdSchema
    .describe("Id of the note: the same in every export.")
    .meta({ examples: ["7d1f5h9k2m4p6r8t"] }),
  ref: z
    .string()
    .regex(/^N(0[1-9]|[1-9][0-9]+)$/)
    .describe("Short reference that people quote: numbered by age over all notes the board ever had.")
    .meta({ examples: ["N01"] }),
  zone: zone("Where on the template the note lies; unplaced: beside the tree."),
  focus: focus("Focus of the board, repeated so that a table needs no join."),
  text: z
    .string()
    .describe("Verbatim, LF line ends. Empty when the note is withdrawn, or only a drawing.")
    .meta({ examples: ["Respect voor elkaar"] }),
  language: z.enum(languages).nullable().describe("Language of the text; null when not said."),
  author: participantCode("Whose words they are; null when not said or not agreed to.").nullable(),
  voice: z.enum(voices).describe("Who speaks, kept as it was when the note was written."),
  affiliation: line(
    "Affiliation of the author; null when unknown or left out.",
    affiliationSchema,
    80,
    0,
  ).nullable(),
  enteredBy: participantCode("Who typed it; null when not said or not agreed to.").nullable(),
  source: z.enum(sources).nullable().describe("The kind of device it came from; null when unknown."),
  createdAt: instant("When it was written; null when unknown.").nullable(),
  updatedAt: instant("Latest change of any kind; null when unknown.").nullable(),
  revision: z.int().min(1).describe("1 for a note that never changed, one more for each change."),
  editors: z.array(participantCode("Code of a person.")).describe("Who changed it, of those who agreed."),
  drawing: drawingSchema.nullable(),
  position: z
    .strictObject({
      ...point,
      width: z.number().positive().describe("Width, in world units."),
      height: z.number().positive().describe("Height, in world units."),
    })
    .describe("Where it lies on the board."),
  positionBefore: z
    .strictObject({ zone: zone("Zone in which it lay."), ...point })
    .describe(
      "Where it lay before it came under its theme, and goes back to; null when under none or unknown.",
    )
    .nullable(),
  colour: colour("Colour of the paper; null: that of its zone.").nullable(),
  votes: count("Dots of all people together; 0 while the round of dots goes on."),
  highlighted: z.boolean().describe("True when the group chose it for reporting back in the plenary."),
  highlightOrder: z
    .int()
    .min(1)
    .max(maxHighlights)
    .describe("Place among the chosen notes, first chosen first; null when not chosen.")
    .nullable(),
  theme: themeCode("Theme it was put under; null when none.").nullable(),
  codes: z.array(code("Id of a code.")).describe("Codes of the researchers that apply to it."),
  origin: z
    .strictObject({
      board: boardIdSchema.describe("Board the note was taken from."),
      note: noteIdSchema.describe("Note it was taken from."),
    })
    .nullable()
    .describe("What it was copied from; null when it was written here."),
  status: z
    .enum(noteStatuses)
    .describe(
      "active: on the board; removed: in the bin; withdrawn: taken out of the research by its author.",
    ),
  quotable: z.boolean().describe("True when the person agreed that their notes may be quoted."),
});

const themeSchema = z.strictObject({
  id: themeCode("Id of the theme, numbered by age."),
  title: z.string().describe("As typed."),
  notes: z.array(noteIdSchema.describe("Id of a note.")).describe("Notes under this theme, by id."),
  createdAt: instant("When the theme was made; null when unknown.").nullable(),
});

const codeSchema = z.strictObject({
  id: code("Id of the code."),
  name: z.string().describe("Name of the code."),
  definition: z.string().describe("When the code applies."),
  colour: colour("Colour of the code; null when none.").nullable(),
  parent: code("Code that this one belongs under; null at the top.").nullable(),
});

const codingSchema = z.strictObject({
  id: z.string().describe("Id of the coding."),
  note: noteIdSchema.describe("Note that is coded."),
  code: code("Code that applies."),
  start: count("First code point of the passage; null: the whole note.").nullable(),
  end: count("Code point after the passage; null: the whole note.").nullable(),
  coder: z.string().describe("Who coded."),
  createdAt: instant("When."),
});

const eventSchema = z.strictObject({
  seq: z.int().min(1).describe("Place in the order of events, from 1."),
  at: instant("When the server received it."),
  actor: participantCode("Who did it; null when unknown or not agreed to.").nullable(),
  type: z.enum(eventTypes).describe("What happened."),
  target: z.string().describe("Id of the note or theme it happened to, or of the board."),
  data: z.record(z.string(), z.json()).describe("Particulars of the event, by its type."),
});

const countsSchema = z.strictObject({
  notes: count("Active notes."),
  byZone: z
    .strictObject({
      roots: count("In the roots."),
      wateringCan: count("In the watering can."),
      fruits: count("In the fruits."),
      unplaced: count("Beside the tree."),
    })
    .describe("Active notes per zone."),
  byVoice: z
    .strictObject({
      formal: count("Professionals."),
      informal: count("Volunteers and key figures."),
      both: count("Both together."),
      unspecified: count("Nobody said."),
    })
    .describe("Active notes per voice."),
});

const setAsideSchema = z.strictObject({
  kind: z.enum(["note", "theme"]).describe("What the entry should have been."),
  id: z.string().describe("Key of the entry, at most 64 characters of it."),
  reason: z
    .enum(["badId", "notAMap", "badText", "badPlacement", "badTitle"])
    .describe("What could not be read."),
});

const provenanceSchema = z.strictObject({
  app: z
    .strictObject({
      name: z.string().describe("Program that made the export."),
      version: z.string().describe("Its version."),
    })
    .describe("What made the export."),
  exportedAt: instant("When the export was made."),
  exportedBy: z.enum(roles).describe("Role of who made it."),
  stateAt: instant("Latest change that the export contains."),
  stateVectorSha256: sha256("SHA-256 of the Yjs state vector: equal for equal documents."),
  historyComplete: z.boolean().describe("True when events hold everything that ever happened."),
});

const integritySchema = z.strictObject({
  algorithm: z.literal("sha-256").describe("Hash function."),
  canonicalisation: z.literal("RFC8785").describe("How the content is written before it is hashed."),
  content: sha256("Hash of the export without `provenance` and `integrity`: equal for an unchanged board."),
});

export const boardExportSchema = z
  .strictObject({
    $schema: z.literal(exportSchemaId).describe("Id of the JSON Schema of this format."),
    format: z.literal(exportFormat).describe("Always this word."),
    formatVersion: z.literal(exportFormatVersion).describe("Version of the format (semantic versioning)."),
    privacy: privacySchema.describe("What was left out for privacy."),
    workshop: workshopSchema.describe("The workshop that the board belongs to."),
    template: templateSchema.describe("What the board is drawn on."),
    board: boardSchema.describe("The board."),
    participants: z.array(participantSchema).describe("People of this board, by code."),
    notes: z.array(noteSchema).describe("Notes, by order of their zone, then age, then id."),
    themes: z.array(themeSchema).describe("Themes of the group, by id."),
    codes: z.array(codeSchema).describe("Codebook of the researchers, by id."),
    codings: z.array(codingSchema).describe("Which passage has which code, by id."),
    events: z.array(eventSchema).describe("What happened on the board, in order."),
    setAside: z
      .array(setAsideSchema)
      .describe("Entries of the document that could not be read and are not exported as notes or themes."),
    counts: countsSchema.describe("Counts of the notes above, to check a reading against."),
    provenance: provenanceSchema.describe("Where the export comes from."),
    integrity: integritySchema.describe("To check that the content did not change."),
  })
  .describe("One board of a workshop, as researchers keep it.");

export type BoardExport = z.infer<typeof boardExportSchema>;
export type ExportedNote = BoardExport["notes"][number];
export type ExportedParticipant = BoardExport["participants"][number];

/** 7 as P07, 120 as P120. */
export function codeOfParticipant(number: number): string {
  return `P${String(number).padStart(2, "0")}`;
}

/** P07 as 7. */
export function numberOfCode(code: string): number {
  return Number(code.slice(1));
}
