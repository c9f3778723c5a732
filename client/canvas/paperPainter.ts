import { traceSheet } from "../../shared/render/handDrawn.ts";
import type { LookColours } from "./boardLook.ts";

export type PaperLook = {
  readonly paper: string;
  readonly isSelected: boolean;
  readonly isLifted: boolean;
  /** Somebody else has it open or in hand: their colour. */
  readonly heldBy: string | null;
  readonly isHigh: boolean;
  readonly colours: LookColours;
  /** CSS pixels per world unit. */
  readonly scale: number;
};

/** Draws the sheets that notes are written on; the note's corner is the origin. */
export function createPaperPainter(width: number) {
  const sheets = new Map<number, Path2D>();

  function sheetOf(height: number): Path2D {
    const traced = sheets.get(height);
    if (traced !== undefined) return traced;
    const made = new Path2D();
    traceSheet(made, { width, height });
    sheets.set(height, made);
    return made;
  }

  return {
    paintPaper(context: CanvasRenderingContext2D, height: number, look: PaperLook): void {
      const { paper, isSelected, isLifted, heldBy, isHigh, colours, scale } = look;
      const sheet = sheetOf(height);
      paintShadow(context, sheet, { isLifted, scale });
      const isRinged = isSelected || heldBy !== null;
      if (isRinged) {
        context.lineJoin = "round";
        context.strokeStyle = colours.ringEdge;
        context.lineWidth = Math.max(20, 8 / scale);
        context.stroke(sheet);
        context.strokeStyle = heldBy ?? colours.ring;
        context.lineWidth = Math.max(12, 5 / scale);
        context.stroke(sheet);
      }
      context.fillStyle = paper;
      context.fill(sheet);
      if (isRinged) return;
      context.strokeStyle = isHigh ? "#000000" : "rgba(80, 55, 25, 0.22)";
      context.lineWidth = isHigh ? Math.max(6, 1.5 / scale) : 2;
      context.stroke(sheet);
    },
    /** Straight, with a plain edge: what is left of a sheet when it is small. */
    paintFarPaper(
      context: CanvasRenderingContext2D,
      height: number,
      { paper, isHigh }: Pick<PaperLook, "paper" | "isHigh">,
    ): void {
      context.fillStyle = isHigh ? "#000000" : "rgba(58, 38, 16, 0.3)";
      if (isHigh) context.fillRect(-6, -6, width + 12, height + 12);
      else context.fillRect(0, 4, width + 3, height + 4);
      context.fillStyle = paper;
      context.fillRect(0, 0, width, height);
    },
  };
}

function paintShadow(
  context: CanvasRenderingContext2D,
  sheet: Path2D,
  { isLifted, scale }: Pick<PaperLook, "isLifted" | "scale">,
): void {
  const drop = isLifted ? 16 : 5;
  context.translate(drop * 0.4, drop);
  if (isLifted || scale > 0.5) {
    // A wide faint one below a narrow one: paper that lies on paper.
    context.strokeStyle = isLifted ? "rgba(58, 38, 16, 0.1)" : "rgba(58, 38, 16, 0.07)";
    context.lineWidth = isLifted ? 18 : 9;
    context.lineJoin = "round";
    context.stroke(sheet);
  }
  context.fillStyle = "rgba(58, 38, 16, 0.22)";
  context.fill(sheet);
  context.translate(-drop * 0.4, -drop);
}
