import type { Rectangle } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import type { BoardModel } from "../model/boardModel.ts";
import type { Scene } from "./boardScene.ts";
import { toScreen } from "./camera.ts";
import { showDebugOverlay } from "./debugOverlay.ts";

/**
 * With `?debug` in the address the page offers `window.collaborationTreeDebug` to programs that test or measure, and
 * shows figures in a corner; docs/debug.md says what each of its functions gives.
 */
export function exposeForDebugging(model: BoardModel, scene: Scene): () => void {
  if (!new URLSearchParams(location.search).has("debug")) return () => undefined;
  const { meter } = scene;

  function onScreen(bounds: Rectangle): Rectangle {
    const { scale } = scene.camera();
    const corner = toScreen(scene.camera(), bounds);
    return { ...corner, width: bounds.width * scale, height: bounds.height * scale };
  }

  const described = ({ id, text, placement }: Note) => ({
    id,
    text,
    zone: placement.zone,
    rect: onScreen(scene.boundsOf(id) ?? { ...placement, ...model.template.noteSize }),
  });

  const handle = {
    notes: () => [...model.board.get().notes.values()].map(described),
    note(id: NoteId) {
      const note = model.board.get().notes.get(id);
      return note === undefined ? null : described(note);
    },
    camera: scene.camera,
    setCamera: scene.setCamera,
    setLook: scene.setLook,
    counts: scene.counts,
    frames: meter.figures,
    forgetFrames: meter.forget,
    others: model.others.get,
    isReady: scene.isReady,
  };
  Object.assign(window, { collaborationTreeDebug: handle });
  const hideOverlay = showDebugOverlay({ model, meter });
  return () => {
    hideOverlay();
    Reflect.deleteProperty(window, "collaborationTreeDebug");
  };
}
