import type { Measure } from "../../shared/render/textLayout.ts";

export const fontFamily = "'Atkinson Hyperlegible Next Variable', system-ui, sans-serif";

/** Widths of the words on notes, as the browser draws them. */
export function createWordMeasure(): Measure {
  const context = document.createElement("canvas").getContext("2d");
  if (context !== null) context.font = `600 100px ${fontFamily}`;
  return (text) => (context === null ? text.length * 55 : context.measureText(text).width);
}
