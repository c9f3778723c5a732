import { z } from "zod";

/*
 * How this device wants to see things. What it asked for may be "as the device has it"; what is shown is decided here
 * and nowhere else.
 */

export const schemes = ["system", "light", "dark"] as const;
const contrasts = ["system", "normal", "high"] as const;
const textSizes = ["normal", "large", "largest"] as const;

/** What lies in the browser's storage may be older, newer or broken: each part that is not known has its default. */
export const lookSchema = z.object({
  scheme: z.enum(schemes).catch("system"),
  contrast: z.enum(contrasts).catch("system"),
  textSize: z.enum(textSizes).catch("normal"),
  /** Others' pointers stay hidden. */
  isCalm: z.boolean().catch(false),
  /** The tree grows with what is written. */
  isLiving: z.boolean().catch(true),
});
export type Look = z.infer<typeof lookSchema>;

export const defaultLook: Look = lookSchema.parse({});

/** What the device itself asks for. */
export type DeviceWishes = { readonly isDark: boolean; readonly isHighContrast: boolean };

/** The look as it is shown: nothing left to ask. */
export type ShownLook = {
  readonly scheme: "light" | "dark";
  readonly contrast: "normal" | "high";
  readonly isCalm: boolean;
  readonly isLiving: boolean;
};

export function shownLook(look: Look, device: DeviceWishes): ShownLook {
  const deviceScheme = device.isDark ? "dark" : "light";
  const deviceContrast = device.isHighContrast ? "high" : "normal";
  return {
    scheme: look.scheme === "system" ? deviceScheme : look.scheme,
    contrast: look.contrast === "system" ? deviceContrast : look.contrast,
    isCalm: look.isCalm,
    isLiving: look.isLiving,
  };
}

export const textScales: Readonly<Record<Look["textSize"], number>> = {
  normal: 1,
  large: 1.25,
  largest: 1.5,
};

/** How much fits beside each other: letters that are larger make the same screen smaller. */
export type Room = "narrow" | "middle" | "wide" | "widest";

/** Both in CSS pixels. */
export function roomOf(pageWidth: number, letterSize: number): Room {
  const width = pageWidth / letterSize;
  if (width < 42) return "narrow";
  if (width < 62) return "middle";
  return width < 84 ? "wide" : "widest";
}

/** Whether what stands below each other leaves little for the board; both in CSS pixels. */
export function isLow(pageHeight: number, letterSize: number): boolean {
  return pageHeight / letterSize < 36;
}
