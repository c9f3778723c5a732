import type { Rectangle } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import { outset } from "../../shared/render/outset.ts";
import type { CanvasPlane } from "./camera.ts";
import { letGo } from "./letGo.ts";

/*
 * Pictures of the notes that move: painted once, copied in every frame. Only of those, for a picture of every note
 * would fill the memory of a phone.
 */

export type NoteSprites = {
  /** Copies the note there; paints it first when it looks different, or is shown much larger or smaller. */
  readonly draw: (
    context: CanvasRenderingContext2D,
    plane: CanvasPlane,
    sprite: {
      readonly note: Note;
      /** Where it is seen now. */
      readonly bounds: Rectangle;
      /** What it draws beyond its edges; world units. */
      readonly fringe: number;
      /** Everything but the note itself that it looks like. */
      readonly look: string;
      readonly paint: (context: CanvasRenderingContext2D, plane: CanvasPlane) => void;
    },
  ) => void;
  /** Lets go of the pictures of notes that are not needed any more. */
  readonly sweep: (isNeeded: (id: NoteId) => boolean) => void;
  readonly clear: () => void;
};

type Picture = {
  readonly canvas: HTMLCanvasElement;
  readonly note: Note;
  readonly look: string;
  readonly scale: number;
  readonly height: number;
};

/** More pixels than this in all are not kept: what is beyond is painted in every frame. */
const mostPixels = 3_000_000;
const mostScaled = 1.35;

export function createNoteSprites(): NoteSprites {
  const pictures = new Map<NoteId, Picture>();
  let pixels = 0;

  function forget(id: NoteId): void {
    const picture = pictures.get(id);
    if (picture === undefined) return;
    pixels -= picture.canvas.width * picture.canvas.height;
    pictures.delete(id);
    letGo(picture.canvas);
  }

  return {
    draw(context, plane, { note, bounds, fringe, look, paint }) {
      const known = pictures.get(note.id);
      const isFit =
        known !== undefined &&
        isSamePaper(known.note, note) &&
        known.look === look &&
        known.height === bounds.height &&
        plane.scale / known.scale < mostScaled &&
        known.scale / plane.scale < mostScaled;
      const { x, y, width, height } = outset(bounds, fringe);
      let picture = known;
      if (!isFit) {
        forget(note.id);
        const wide = Math.ceil(width * plane.scale);
        const high = Math.ceil(height * plane.scale);
        const canvas = pixels + wide * high > mostPixels ? null : document.createElement("canvas");
        const inner = canvas?.getContext("2d") ?? null;
        if (canvas === null || inner === null) {
          paint(context, plane);
          return;
        }
        canvas.width = wide;
        canvas.height = high;
        paint(inner, { ...plane, x: -x * plane.scale, y: -y * plane.scale });
        picture = { canvas, note, look, scale: plane.scale, height: bounds.height };
        pictures.set(note.id, picture);
        pixels += wide * high;
      }
      if (picture === undefined) return;
      const left = x * plane.scale + plane.x;
      const top = y * plane.scale + plane.y;
      context.setTransform(1, 0, 0, 1, 0, 0);
      if (picture.scale === plane.scale) {
        // On whole pixels a copy is quick, and as sharp as what was painted.
        context.drawImage(picture.canvas, Math.round(left), Math.round(top));
      } else {
        context.drawImage(picture.canvas, left, top, width * plane.scale, height * plane.scale);
      }
    },
    sweep(isNeeded) {
      // Also while they are out of sight: painting one anew takes as long as copying it a hundred times.
      for (const id of [...pictures.keys()]) if (!isNeeded(id)) forget(id);
    },
    clear() {
      for (const id of [...pictures.keys()]) forget(id);
    },
  };
}

/** Wherever it lies: a note that others move is another object at every step. */
function isSamePaper(a: Note, b: Note): boolean {
  return (
    a === b ||
    (a.text === b.text &&
      a.placement.zone === b.placement.zone &&
      a.voice === b.voice &&
      a.colour === b.colour &&
      a.drawing === b.drawing &&
      (a.highlight === null) === (b.highlight === null))
  );
}
