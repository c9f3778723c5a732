import { z } from "zod";
import { noteIdSchema, participantIdSchema } from "../board/ids.ts";
import { zoneIdSchema } from "../board/placement.ts";

const coordinate = z.number().finite().min(-100_000).max(100_000);

/** What somebody points out to everybody: a note, a zone, or a round place in world units. */
const spotlightSchema = z.union([
  z.object({ note: noteIdSchema }),
  z.object({ zone: zoneIdSchema }),
  z.object({ x: coordinate, y: coordinate, r: z.number().min(20).max(4_000) }),
]);
export type Spotlight = z.infer<typeof spotlightSchema>;

/**
 * What one screen tells the others while it is there: nothing personal, only the participant's id; the name comes
 * with the workshop state. World units.
 */
export const presenceSchema = z.object({
  participant: participantIdSchema.nullable().catch(null),
  pointer: z.object({ x: coordinate, y: coordinate }).nullable().catch(null),
  /** Notes being dragged and where they are now; the document hears of it at the drop. */
  drag: z
    .array(z.object({ note: noteIdSchema, x: coordinate, y: coordinate }))
    .max(200)
    .catch([]),
  /** The note whose text is open in an editor. */
  editing: noteIdSchema.nullable().catch(null),
  /** Where the caret stands in that text, UTF-16 units. */
  caret: z.number().int().min(0).max(100_000).nullable().catch(null),
  /** Left out by who points at nothing, as most do. */
  spotlight: spotlightSchema.nullable().catch(null),
  /** This screen presents the board to a room. */
  isPresenting: z.boolean().catch(false),
});
export type Presence = z.infer<typeof presenceSchema>;
