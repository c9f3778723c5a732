import { z } from "zod";

export const maxDots = 10;

/**
 * A round of dots: everybody has `dots` of them; while it is `open` each person sees only their own, when it is
 * `shown` everybody sees what the notes got. One plain value in the document.
 */
export const votingSchema = z.object({
  dots: z.number().int().min(1).max(maxDots),
  phase: z.enum(["open", "shown"]),
});
export type Voting = z.infer<typeof votingSchema>;
