import type { Size } from "../../shared/board/geometry.ts";
import type { Voice } from "../../shared/board/note.ts";
import {
  ribbonOutline,
  rosettePlace,
  rosetteRadius,
  sumPlace,
  sumRadius,
} from "../../shared/render/signPlaces.ts";
import { fontFamily } from "./measureWords.ts";
import type { Dots } from "./noteMarks.ts";

/* Marks on the edge of a note, told apart by shape and sign as well as by colour. The note's corner is the origin. */

/** Square F, round I, hexagon F+I. */
export function paintVoice(
  context: CanvasRenderingContext2D,
  voice: Exclude<Voice, "unspecified">,
  width: number,
): void {
  const looks = {
    formal: { letters: "F", fill: "#2f5d8a", half: 25 },
    informal: { letters: "I", fill: "#8a3f6d", half: 25 },
    both: { letters: "F+I", fill: "#4a5a1f", half: 40 },
  } as const;
  const { letters, fill, half } = looks[voice];
  const x = width - half + 12;
  const y = 14;
  context.beginPath();
  if (voice === "formal") context.rect(x - 25, y - 25, 50, 50);
  else if (voice === "informal") context.arc(x, y, 26, 0, Math.PI * 2);
  else {
    context.moveTo(x - 28, y - 25);
    context.lineTo(x + 28, y - 25);
    context.lineTo(x + 42, y);
    context.lineTo(x + 28, y + 25);
    context.lineTo(x - 28, y + 25);
    context.lineTo(x - 42, y);
  }
  context.closePath();
  fillWithEdge(context, fill, "#ffffff", 4);
  write(context, letters, x, y + 2, voice === "both" ? 30 : 36, "#ffffff");
}

/** So small on screen, CSS pixels, that a mark no longer stands out: from there on it grows against the note. */
const smallestMarkPx = 9;
const mostGrown = 2.4;
const growthOf = (radius: number, scale: number) =>
  Math.min(mostGrown, Math.max(1, smallestMarkPx / (radius * scale)));

const star: readonly (readonly [number, number])[] = Array.from({ length: 10 }, (_, index) => {
  const radius = index % 2 === 0 ? 0.8 : 0.34;
  const angle = (index * Math.PI) / 5 - Math.PI / 2;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
});

/** A rosette with two ribbons and a star, on the corner of a note that the group tells about. */
export function paintHighlight(context: CanvasRenderingContext2D, scale: number): void {
  const radius = rosetteRadius * growthOf(rosetteRadius, scale);
  const { x, y } = rosettePlace(radius);
  context.beginPath();
  for (const side of [-1, 1] as const) {
    for (const [index, [dx, dy]] of ribbonOutline(side).entries()) {
      if (index === 0) context.moveTo(x + radius * dx, y + radius * dy);
      else context.lineTo(x + radius * dx, y + radius * dy);
    }
    context.closePath();
  }
  fillWithEdge(context, "#a3521f", "#ffffff", radius * 0.09);
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.closePath();
  fillWithEdge(context, "#ffcf4a", "#6b3d00", radius * 0.11);
  context.beginPath();
  for (const [dx, dy] of star) context.lineTo(x + radius * dx, y + radius * dy);
  context.closePath();
  context.fillStyle = "#6b3d00";
  context.fill();
}

const dotRadius = 17;
const mostDotsInRow = 5;
const dotFill = "#5b2f8f";

/** One's own dots as dots, in a row; what all gave as one with the sum in it. */
export function paintDots(
  context: CanvasRenderingContext2D,
  { whose, count }: Dots,
  size: Size,
  scale: number,
): void {
  if (whose === "own" && count <= mostDotsInRow) {
    const radius = dotRadius * growthOf(dotRadius, scale);
    for (let index = 0; index < count; index += 1) {
      context.beginPath();
      // With its edge it lies just below the last letters.
      context.arc(
        radius + 4 + index * radius * 2.15,
        size.height - 12.6 + radius * 1.2,
        radius,
        0,
        Math.PI * 2,
      );
      fillWithEdge(context, dotFill, "#ffffff", radius * 0.2);
    }
    return;
  }
  const radius = sumRadius * growthOf(sumRadius, scale);
  const { x, y } = sumPlace(size, whose === "own" ? "left" : "right", radius);
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  fillWithEdge(context, dotFill, "#ffffff", radius * 0.14);
  if (radius * scale < 6) return;
  const letters = String(count);
  write(context, letters, x, y + radius * 0.06, radius * (letters.length > 2 ? 0.85 : 1.2), "#ffffff");
}

function fillWithEdge(context: CanvasRenderingContext2D, fill: string, edge: string, width: number): void {
  context.lineJoin = "round";
  context.strokeStyle = edge;
  context.lineWidth = width * 2;
  context.stroke();
  context.fillStyle = fill;
  context.fill();
}

function write(
  context: CanvasRenderingContext2D,
  letters: string,
  x: number,
  y: number,
  fontSize: number,
  ink: string,
): void {
  context.fillStyle = ink;
  context.font = `700 ${fontSize}px ${fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.direction = "ltr";
  context.fillText(letters, x, y);
}
