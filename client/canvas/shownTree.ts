import type { Point, Rectangle } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import type { ShownTree } from "../model/hands.ts";
import type { Scene } from "./boardScene.ts";
import { toScreen, toWorld } from "./camera.ts";

export type ShownTreeOptions = {
  readonly element: HTMLElement;
  readonly scene: Scene;
  /** Where the mouse is, world units; null when it is not here. */
  readonly mouse: () => Point | null;
  readonly openEditor: (id: NoteId) => void;
  /** What to look at to read a zone from the back row. */
  readonly viewOfZone: (zone: ZoneId) => Rectangle;
};

const zoomStep = 1.35;

/** The tree on this screen, for whatever moves it or points at it from elsewhere. */
export function createShownTree(options: ShownTreeOptions): ShownTree {
  const { element, scene, mouse, openEditor, viewOfZone } = options;
  const middle = () => ({ x: element.clientWidth / 2, y: element.clientHeight / 2 });
  return {
    fit: scene.fitWorld,
    fitRectangle: scene.fitRectangle,
    toWorld: (screen) => toWorld(scene.camera(), screen),
    zoomIn: () => scene.zoom(zoomStep, middle()),
    zoomOut: () => scene.zoom(1 / zoomStep, middle()),
    zoomToZone: (zone) => scene.fitRectangle(viewOfZone(zone)),
    openEditor,
    show(id) {
      const box = scene.boundsOf(id);
      if (box === null) return;
      const { x, y, width, height } = box;
      scene.fitRectangle({ x: x - width, y: y - height, width: width * 3, height: height * 3 });
    },
    spot: () => mouse() ?? toWorld(scene.camera(), middle()),
    middle: () => toWorld(scene.camera(), middle()),
    boxOf(ids) {
      const box = boundsOnScreen(scene, ids);
      const { x, y } = element.getBoundingClientRect();
      return box === null ? null : { ...box, x: box.x + x, y: box.y + y };
    },
  };
}

/** Around all of them, CSS pixels of the canvas; null when there are none. */
export function boundsOnScreen(scene: Scene, ids: Iterable<NoteId>): Rectangle | null {
  const boxes = [...ids].flatMap((id) => scene.boundsOf(id) ?? []);
  if (boxes.length === 0) return null;
  const camera = scene.camera();
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const size = { width: (right - x) * camera.scale, height: (bottom - y) * camera.scale };
  return { ...toScreen(camera, { x, y }), ...size };
}
