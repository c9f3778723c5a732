import { CaptureUpdateAction, convertToExcalidrawElements, Excalidraw } from "@excalidraw/excalidraw";
import { createRoot } from "react-dom/client";
import "@excalidraw/excalidraw/index.css";

/* Excalidraw as it comes: each note is a rectangle with a text bound to it. */

window.EXCALIDRAW_ASSET_PATH = "/";
const firstScale = 0.37;
const search = new URLSearchParams(location.search);
const isPreparing = search.has("prepare");
const loaded = await (await fetch(isPreparing ? "/notes" : search.get("board"))).json();

const elementsFrom = (notes) =>
  convertToExcalidrawElements(
    notes.map((note) => ({
      type: "rectangle",
      id: note.id,
      x: note.x,
      y: note.y,
      width: note.width,
      height: note.height,
      backgroundColor: note.colour,
      fillStyle: "solid",
      label: { text: note.text, fontSize: 28 },
    })),
    { regenerateIds: false },
  );

/** Words are measured when elements are made: only then with the right letters. */
async function prepare() {
  const hasLetters = () =>
    [...document.fonts].some((face) => face.family === "Excalifont" && face.status === "loaded");
  while (!hasLetters()) await new Promise((resolve) => setTimeout(resolve, 50));
  window.benchPrepared = JSON.stringify(elementsFrom(loaded));
}

const cameraOn = ({ x, y }, scale) => ({
  zoom: { value: scale },
  scrollX: innerWidth / 2 / scale - x,
  scrollY: innerHeight / 2 / scale - y,
});
const movedTo = (element, x, y) => ({
  ...element,
  x,
  y,
  version: element.version + 1,
  versionNonce: Math.floor(Math.random() * 2 ** 31),
});

function onApi(api) {
  if (isPreparing) return void prepare();
  window.benchBoard = {
    noteCount: () => Math.floor(api.getSceneElements().length / 2),
    camera() {
      const { scrollX, scrollY, zoom } = api.getAppState();
      return { scale: zoom.value, x: scrollX * zoom.value, y: scrollY * zoom.value };
    },
    placeOf: (id) => api.getSceneElements().find((element) => element.id === id) ?? null,
    aim({ centre, scale }) {
      api.updateScene({ appState: cameraOn(centre, scale), captureUpdate: CaptureUpdateAction.NEVER });
      return true;
    },
    // What its own synchronisation does, without the merge.
    move(moves) {
      const places = new Map(moves.map((move) => [move.id, move]));
      const all = api.getSceneElementsIncludingDeleted();
      const before = new Map(all.filter(({ id }) => places.has(id)).map((element) => [element.id, element]));
      const elements = all.map((element) => {
        const owner = element.containerId ?? element.id;
        const place = places.get(owner);
        const old = before.get(owner);
        if (place === undefined || old === undefined) return element;
        return movedTo(element, element.x + place.x - old.x, element.y + place.y - old.y);
      });
      api.updateScene({ elements, captureUpdate: CaptureUpdateAction.NEVER });
    },
  };
}

createRoot(document.getElementById("root")).render(
  <Excalidraw
    excalidrawAPI={onApi}
    initialData={
      isPreparing
        ? { elements: elementsFrom([{ ...loaded[0], id: "first" }]) }
        : { elements: loaded, appState: cameraOn({ x: 1600, y: 1000 }, firstScale), scrollToContent: false }
    }
  />,
);
