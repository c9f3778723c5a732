import type { BoardModel } from "../model/boardModel.ts";
import type { Scene } from "./boardScene.ts";
import { toScreen } from "./camera.ts";

/**
 * With `?debug` in the address the page offers `window.collaborationTreeDebug` to programs that test or measure:
 * `notes()` gives `{ id, text, zone, rect }` with rectangles in CSS pixels of the canvas, `camera()` gives
 * `{ scale, x, y }`, `others()` who else is here.
 */
export function exposeForDebugging(model: BoardModel, scene: Scene): () => void {
  if (!new URLSearchParams(location.search).has("debug")) return () => undefined;
  const handle = {
    notes: () =>
      [...model.board.get().notes.values()].map((note) => {
        const { scale } = scene.camera();
        const corner = toScreen(scene.camera(), note.placement);
        const { width, height } = model.template.noteSize;
        return {
          id: note.id,
          text: note.text,
          zone: note.placement.zone,
          rect: { ...corner, width: width * scale, height: height * scale },
        };
      }),
    camera: scene.camera,
    others: model.others.get,
  };
  Object.assign(window, { collaborationTreeDebug: handle });
  return () => Reflect.deleteProperty(window, "collaborationTreeDebug");
}
