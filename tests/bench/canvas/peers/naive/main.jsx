import { memo, useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { Group, Layer, Rect, Stage, Text } from "react-konva";
import * as Y from "yjs";

/* The board that one writes first: every note a group of shapes in React's state, which follows a Yjs document. */

const doc = new Y.Doc();
const map = doc.getMap("notes");
const response = await fetch(new URLSearchParams(location.search).get("board"));
Y.applyUpdate(doc, new Uint8Array(await response.arrayBuffer()));

const Note = memo(function Note({ note }) {
  return (
    <Group
      draggable
      x={note.x}
      y={note.y}
      onDragEnd={(event) => map.set(note.id, { ...note, x: event.target.x(), y: event.target.y() })}
    >
      <Rect width={note.width} height={note.height} fill={note.colour} stroke="#8a7a5c" cornerRadius={6} />
      <Text
        width={note.width}
        height={note.height}
        padding={14}
        text={note.text}
        fontSize={32}
        align="center"
        verticalAlign="middle"
        fill="#2b2118"
      />
    </Group>
  );
});

const firstScale = 0.37;
const cameraOn = ({ x, y }, scale) => ({
  scale,
  x: innerWidth / 2 - x * scale,
  y: innerHeight / 2 - y * scale,
});
let shown = { notes: [], camera: null };

function Board() {
  const [notes, setNotes] = useState(() => [...map.values()]);
  const [camera, setCamera] = useState(() => cameraOn({ x: 1600, y: 1000 }, firstScale));
  useEffect(() => {
    const onChange = () => setNotes([...map.values()]);
    map.observe(onChange);
    return () => map.unobserve(onChange);
  }, []);
  useEffect(() => {
    shown = { notes, camera, setCamera };
  });
  function onWheel({ evt }) {
    evt.preventDefault();
    const { deltaX, deltaY, ctrlKey, clientX, clientY } = evt;
    setCamera(({ scale, x, y }) => {
      if (!ctrlKey) return { scale, x: x - deltaX, y: y - deltaY };
      const next = Math.min(4, Math.max(0.1, scale * Math.exp(-deltaY * 0.01)));
      const factor = next / scale;
      return { scale: next, x: clientX - (clientX - x) * factor, y: clientY - (clientY - y) * factor };
    });
  }
  const drawn = useMemo(() => notes.map((note) => <Note key={note.id} note={note} />), [notes]);
  return (
    <Stage
      width={innerWidth}
      height={innerHeight}
      x={camera.x}
      y={camera.y}
      scaleX={camera.scale}
      scaleY={camera.scale}
      onWheel={onWheel}
    >
      <Layer>{drawn}</Layer>
    </Stage>
  );
}

window.benchBoard = {
  noteCount: () => shown.notes.length,
  camera: () => shown.camera,
  placeOf: (id) => shown.notes.find((note) => note.id === id) ?? null,
  aim({ centre, scale }) {
    shown.setCamera(cameraOn(centre, scale));
    return true;
  },
  move(moves) {
    doc.transact(() => {
      for (const { id, x, y } of moves) map.set(id, { ...map.get(id), x, y });
    });
  },
};
createRoot(document.getElementById("root")).render(<Board />);
