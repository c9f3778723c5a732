import { assertNever } from "../result.ts";
import { type Step, stepsOf } from "./pathData.ts";
import type { PdfFile, PdfReference } from "./pdfFile.ts";
import { numberText } from "./picture.ts";

/** What pages name by short names; one set for the whole file. */
export type PdfResources = {
  readonly reference: PdfReference;
  /** The name of a state that draws with so much opacity. */
  readonly opacity: (value: number) => string;
  /** The name of a state that draws through a mask. */
  readonly mask: (form: PdfReference) => string;
  readonly pattern: (shading: PdfReference) => string;
  readonly object: (form: PdfReference) => string;
  readonly write: (fonts: readonly (readonly [name: string, PdfReference])[]) => void;
};

export function createPdfResources(file: PdfFile): PdfResources {
  const reference = file.reserve();
  const states = new Map<string, string>();
  const patterns = new Map<string, string>();
  const objects = new Map<string, string>();
  const named = (map: Map<string, string>, letter: string, body: string): string => {
    const known = map.get(body);
    if (known !== undefined) return known;
    const name = `${letter}${map.size + 1}`;
    map.set(body, name);
    return name;
  };
  const dictionary = (map: ReadonlyMap<string, string>) =>
    `<< ${[...map].map(([body, name]) => `/${name} ${body}`).join(" ")} >>`;

  return {
    reference,
    opacity: (value) => named(states, "G", `<< /ca ${numberText(value)} /CA ${numberText(value)} >>`),
    mask: (form) => named(states, "G", `<< /SMask << /S /Luminosity /G ${form} >> >>`),
    pattern: (shading) => named(patterns, "P", `<< /PatternType 2 /Shading ${shading} >>`),
    object: (form) => named(objects, "X", form),
    write(fonts) {
      const fontNames = fonts.map(([name, font]) => `/${name} ${font}`).join(" ");
      file.set(
        reference,
        [
          `<< /ExtGState ${dictionary(states)}`,
          `/Pattern ${dictionary(patterns)}`,
          `/XObject ${dictionary(objects)}`,
          `/Font << ${fontNames} >> >>`,
        ].join("\n"),
      );
    },
  };
}

/** #rrggbb as three shares. */
export function pdfColour(colour: string): string {
  return [1, 3, 5].map((at) => numberText3(Number.parseInt(colour.slice(at, at + 2), 16) / 255)).join(" ");
}

/** Colours of the drawing may carry an opacity, #rrggbbaa. */
export function opacityIn(colour: string): number {
  return colour.length > 7 ? Number.parseInt(colour.slice(7, 9), 16) / 255 : 1;
}

export function numberText3(value: number): string {
  const rounded = Math.round(value * 1000) / 1000;
  return String(rounded === 0 ? 0 : rounded);
}

/** The operators that build a path. */
export function pdfPath(d: string): string {
  return stepsOf(d).map(operatorOf).join("\n");
}

function operatorOf(step: Step): string {
  const n = numberText;
  switch (step.kind) {
    case "move":
      return `${n(step.to[0])} ${n(step.to[1])} m`;
    case "line":
      return `${n(step.to[0])} ${n(step.to[1])} l`;
    case "curve":
      return `${[...step.first, ...step.second, ...step.to].map(n).join(" ")} c`;
    case "close":
      return "h";
    default:
      return assertNever(step);
  }
}
