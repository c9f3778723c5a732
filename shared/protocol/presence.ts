import { z } from "zod";
import { noteIdSchema, participantIdSchema } from "../board/ids.ts";

const coordinate = z.number().finite().min(-100_000).max(100_000);

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
});
export type Presence = z.infer<typeof presenceSchema>;
