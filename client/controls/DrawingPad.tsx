import { Check, Eraser, Undo2 } from "lucide-react";
import { type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Drawing,
  maxDrawingPoints,
  maxStrokes,
  straightPath,
  toDrawing,
} from "../../shared/board/drawing.ts";
import { clamp, type Point, type Size } from "../../shared/board/geometry.ts";
import { Button } from "../ui/Button.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import {
  drawOn,
  endStroke,
  loseStroke,
  nothingDrawn,
  type PenDown,
  startStroke,
  undoStroke,
} from "./drawnStrokes.ts";

export type DrawingPadProps = {
  readonly onDone: (drawing: Drawing) => void;
  readonly onCancel: () => void;
  /** Of a note, world units: what is drawn is in the same. */
  readonly size: Size;
};

/** A sheet of paper of a note's proportions, to draw on with a finger, a pen or the mouse. */
export function DrawingPad({ onDone, onCancel, size }: DrawingPadProps) {
  const { t } = useTranslation();
  const sheet = useRef<SVGSVGElement>(null);
  const [drawn, setDrawn] = useState(nothingDrawn);
  const drawing = toDrawing(drawn.strokes);
  const isFull =
    drawn.strokes.length > maxStrokes ||
    (drawing ?? []).reduce((sum, stroke) => sum + stroke.length / 2, 0) >= maxDrawingPoints ||
    (drawing ?? []).length < drawn.strokes.length;

  /** World units on the sheet. */
  function pointOf(event: { readonly clientX: number; readonly clientY: number }): Point {
    const box = sheet.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return { x: 0, y: 0 };
    return {
      x: clamp(((event.clientX - box.x) / box.width) * size.width, 0, size.width),
      y: clamp(((event.clientY - box.y) / box.height) * size.height, 0, size.height),
    };
  }

  function onDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const touch: PenDown = {
      pointer: event.pointerId,
      kind: event.pointerType === "touch" || event.pointerType === "pen" ? event.pointerType : "mouse",
      size: Math.max(event.width, event.height),
      at: pointOf(event),
    };
    setDrawn((before) => startStroke(before, touch));
  }

  function onMove(event: PointerEvent): void {
    // Between two frames a pen says more than the browser tells by itself.
    const all = event.nativeEvent.getCoalescedEvents?.() ?? [];
    const points = (all.length === 0 ? [event.nativeEvent] : all).map(pointOf);
    setDrawn((before) => drawOn(before, event.pointerId, points));
  }

  return (
    <Sheet title={t("hands.pen.title")} isOpen onClose={onCancel}>
      <p>{t("hands.pen.lead")}</p>
      <p className="visually-hidden">{t("hands.pen.needsPointer")}</p>
      <svg
        ref={sheet}
        className="drawing-sheet"
        data-testid="drawing-sheet"
        role="img"
        aria-label={t("hands.pen.pad")}
        viewBox={`0 0 ${size.width} ${size.height}`}
        style={{ aspectRatio: `${size.width} / ${size.height}` }}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={(event) => setDrawn((before) => endStroke(before, event.pointerId))}
        onPointerCancel={(event) => setDrawn((before) => loseStroke(before, event.pointerId))}
      >
        {drawn.strokes.map((stroke, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: strokes have no names, and only the last one changes
          <path key={index} d={straightPath(stroke)} />
        ))}
      </svg>
      {isFull && (
        <p className="message" role="status">
          {t("hands.pen.full")}
        </p>
      )}
      <div className="row drawing-tools">
        <Button
          icon={<Undo2 size={20} aria-hidden="true" />}
          isDisabled={drawn.strokes.length === 0}
          onPress={() => setDrawn(undoStroke)}
        >
          {t("hands.pen.undo")}
        </Button>
        <Button
          icon={<Eraser size={20} aria-hidden="true" />}
          isDisabled={drawn.strokes.length === 0}
          onPress={() => setDrawn((before) => ({ ...nothingDrawn, hasPen: before.hasPen }))}
        >
          {t("hands.pen.clear")}
        </Button>
        <Button
          look="primary"
          icon={<Check size={20} aria-hidden="true" />}
          isDisabled={drawing === null}
          onPress={() => drawing !== null && onDone(drawing)}
        >
          {t("hands.pen.done")}
        </Button>
      </div>
    </Sheet>
  );
}
