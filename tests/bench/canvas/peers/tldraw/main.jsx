import { getAssetUrlsByImport } from "@tldraw/assets/imports.vite";
import { createRoot } from "react-dom/client";
import { createShapeId, getSnapshot, Tldraw, toRichText } from "tldraw";
import "tldraw/tldraw.css";

/* tldraw as it comes, with its own sticky notes: square ones, as large as the others' by area, on the same middles. */

const noteScale = 1.25;
const side = 200 * noteScale;
const size = { width: 320, height: 200 };
const colours = { "#F6E3B4": "yellow", "#D6ECF7": "light-blue", "#FBD3C6": "light-red", "#FFFDF7": "white" };
const cornerFrom = ({ x, y }) => ({ x: x + (size.width - side) / 2, y: y + (size.height - side) / 2 });
const cornerTo = ({ x, y }) => ({ x: x - (size.width - side) / 2, y: y - (size.height - side) / 2 });
const firstScale = 0.37;

const search = new URLSearchParams(location.search);
const isPreparing = search.has("prepare");
const loaded = await (await fetch(isPreparing ? "/notes" : search.get("board"))).json();

function createNotes(editor, notes) {
  editor.createShapes(
    notes.map((note) => ({
      id: createShapeId(note.id),
      type: "note",
      ...cornerFrom(note),
      props: { richText: toRichText(note.text), scale: noteScale, color: colours[note.colour] ?? "yellow" },
    })),
  );
}

/** A note takes its size from its words when it is made: only then with the right letters. */
async function prepare(editor) {
  createNotes(editor, [{ ...loaded[0], id: "first" }]);
  const hasLetters = () =>
    [...document.fonts].some((face) => /draw/.test(face.family) && face.status === "loaded");
  while (!hasLetters()) await new Promise((resolve) => setTimeout(resolve, 50));
  editor.deleteShapes([createShapeId("first")]);
  createNotes(editor, loaded);
  window.benchPrepared = JSON.stringify({ document: getSnapshot(editor.store).document });
}

function onMount(editor) {
  if (isPreparing) return void prepare(editor);
  const aim = ({ centre, scale }) => {
    const { w, h } = editor.getViewportScreenBounds();
    editor.setCamera({ x: w / 2 / scale - centre.x, y: h / 2 / scale - centre.y, z: scale });
    return true;
  };
  aim({ centre: { x: 1600, y: 1000 }, scale: firstScale });
  window.benchBoard = {
    noteCount: () => editor.getCurrentPageShapeIds().size,
    camera() {
      const { x, y, z } = editor.getCamera();
      const bounds = editor.getViewportScreenBounds();
      return { scale: z, x: x * z + bounds.x, y: y * z + bounds.y };
    },
    placeOf(id) {
      const shape = editor.getShape(createShapeId(id));
      return shape === undefined ? null : cornerTo(shape);
    },
    aim,
    // What its own synchronisation does with what comes from others.
    move: (moves) =>
      editor.store.mergeRemoteChanges(() =>
        editor.store.put(
          moves.map(({ id, ...corner }) => ({
            ...editor.store.get(createShapeId(id)),
            ...cornerFrom(corner),
          })),
        ),
      ),
  };
}

createRoot(document.getElementById("root")).render(
  <Tldraw
    snapshot={isPreparing ? undefined : loaded}
    options={{ maxShapesPerPage: 10_000 }}
    assetUrls={getAssetUrlsByImport()}
    onMount={onMount}
  />,
);
