import { z } from "zod";
import type { Drawing } from "./drawing.ts";
import { type NoteId, type ParticipantId, participantIdSchema, type ThemeId } from "./ids.ts";
import type { Placement } from "./placement.ts";

export const voices = ["formal", "informal", "both", "unspecified"] as const;
export const voiceSchema = z.enum(voices);
/** Who speaks in a note. */
export type Voice = (typeof voices)[number];

export const sources = ["screen", "phone", "remote", "import"] as const;
export const sourceSchema = z.enum(sources);
/** The kind of device a note came from. */
export type Source = (typeof sources)[number];

/** Counted in Unicode code points, as every length in this product. */
export const maxNoteTextLength = 2000;

/** So many notes a group brings to the plenary. */
export const maxHighlights = 3;

/** What one person may give one note. */
export const maxVotesPerNote = 10;

/** The end of the year 9999: what every calendar can show. */
export const latestTime = 253_402_300_799_999;
/** Milliseconds of the server's clock. */
export const timeSchema = z.number().min(0).max(latestTime);

export const removedSchema = z.object({ by: participantIdSchema.nullable(), at: timeSchema });
export type Removed = z.infer<typeof removedSchema>;

/** As many changes as are counted; one entry of an import has to hold a whole sum. */
export const maxEdits = 1_000_000;

/** How often one participant changed a note, and when last: one value per participant, so that counts merge. */
export const editSchema = z.object({ count: z.number().int().min(0).max(maxEdits), at: timeSchema });
export type Edit = z.infer<typeof editSchema>;

/** Chosen for reporting back: when decides, if two people choose a fourth at the same moment. */
export const highlightSchema = z.object({ at: timeSchema });
export type Highlight = z.infer<typeof highlightSchema>;

export const noteColourPattern = /^#[0-9a-f]{6}$/i;
export const noteColourSchema = z.string().regex(noteColourPattern);

/** A note as the world sees it. `null` means that nobody said. */
export type Note = {
  readonly id: NoteId;
  /** Verbatim, LF line ends, well-formed Unicode. */
  readonly text: string;
  readonly placement: Placement;
  readonly voice: Voice;
  /** Whose words they are: not always who typed them. */
  readonly author: ParticipantId | null;
  readonly enteredBy: ParticipantId | null;
  readonly source: Source | null;
  /** Milliseconds, server clock. */
  readonly createdAt: number | null;
  /** Latest change of any kind, milliseconds; equals `createdAt` while nothing changed. */
  readonly updatedAt: number | null;
  /** 1 for a new note, one more for each change. */
  readonly revision: number;
  /** Who changed it after it was made, sorted. */
  readonly editors: readonly ParticipantId[];
  readonly colour: string | null;
  readonly theme: ThemeId | null;
  /** Where it lay before it came under its theme: there it goes back. */
  readonly placeBefore: Placement | null;
  /** What was drawn on it; a drawing alone is a full note. */
  readonly drawing: Drawing | null;
  readonly highlight: Highlight | null;
  /** Sum over participants. */
  readonly votes: number;
  readonly removed: Removed | null;
  /** The person whose note it was took it out of the research: its text is gone. */
  readonly withdrawn: boolean;
};

/** Code points, not UTF-16 units: one emoji is one. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** LF line ends and no lone surrogates, which no encoder carries to another peer unharmed. */
export function normaliseText(text: string): string {
  // With the u flag a surrogate that is half of a pair does not match this class.
  return text.replace(/\r\n?/g, "\n").replace(/[\uD800-\uDFFF]/gu, "\uFFFD");
}
