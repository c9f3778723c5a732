import { z } from "zod";

/** Without 0 o 1 l i: nothing that is read wrongly from a projector or heard wrongly across a room. */
export const joinCodeAlphabet = "23456789abcdefghjkmnpqrstuvwxyz";
export const joinCodeLength = 6;

/** A code as people type it: capitals, blanks and dashes do not matter. */
export const joinCodeSchema = z
  .string()
  .max(40)
  .transform((typed) => typed.toLowerCase().replace(/[\s-]+/g, ""))
  .refine((code) => new RegExp(`^[${joinCodeAlphabet}]{${joinCodeLength}}$`).test(code), {
    message: `a join code is ${joinCodeLength} letters and digits`,
  });

/** `abcdef` as `abc-def`. */
export function formatJoinCode(code: string): string {
  return `${code.slice(0, 3)}-${code.slice(3)}`;
}
