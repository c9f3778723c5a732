import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/*
 * The arrows between folders, as the house style has them. A room is the folder directly under client, server or
 * shared; a file that stands there itself is a room of its own.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What each room may import besides itself and the rooms that serve everyone on its side. */
const sharedArrows: Readonly<Record<string, readonly string[]>> = {
  "result.ts": [],
  "version.ts": [],
  board: [],
  template: ["board"],
  workshop: ["board", "template"],
  protocol: ["board", "template", "workshop"],
  export: ["board", "template", "workshop"],
  render: ["board", "template", "workshop"],
};
const sharedForAll = ["result.ts", "version.ts"];

const serverBase = ["settings.ts", "log.ts", "metrics.ts", "problem.ts"];
const serverArrows: Readonly<Record<string, readonly string[]>> = {
  "settings.ts": [],
  "log.ts": ["settings.ts"],
  "metrics.ts": [],
  "problem.ts": [],
  store: serverBase,
  relay: [...serverBase, "store"],
  exporting: serverBase,
  http: [...serverBase, "store", "relay", "exporting"],
  "app.ts": [...serverBase, "store", "relay", "exporting", "http"],
  demo: [...serverBase, "store", "relay", "http"],
  threads: [...serverBase, "store", "relay", "exporting"],
  "backup.ts": [...serverBase, "store"],
  "commandLine.ts": [],
  "main.ts": [
    ...serverBase,
    "store",
    "relay",
    "http",
    "app.ts",
    "backup.ts",
    "commandLine.ts",
    "demo",
    "threads",
  ],
  dev: [...serverBase, "store", "relay", "http", "app.ts"],
};

const clientBase = ["ui", "i18n"];
const clientArrows: Readonly<Record<string, readonly string[]>> = {
  i18n: [],
  ui: ["i18n"],
  sync: clientBase,
  model: [...clientBase, "sync"],
  canvas: [...clientBase, "sync", "model"],
  list: [...clientBase, "sync", "model"],
  controls: [...clientBase, "sync", "model"],
  screens: [...clientBase, "sync", "model", "canvas", "list", "controls"],
  app: [...clientBase, "sync", "model", "canvas", "list", "controls", "screens"],
  "main.tsx": [...clientBase, "sync", "model", "canvas", "list", "controls", "screens", "app"],
};

const yjsRooms = [
  "shared/board",
  "shared/export",
  "client/sync",
  "client/model",
  "server/relay",
  "server/store",
  "server/demo",
  "server/dev",
  "server/exporting",
];

type Place = { readonly side: string; readonly room: string };

function placeOf(path: string): Place {
  const [side = "", room = ""] = path.split("/");
  return { side, room };
}

/** Why this import of a file of ours is not allowed; null when it is. Paths from the root, with slashes. */
function objectionToFile(importer: string, imported: string): string | null {
  const from = placeOf(importer);
  const to = placeOf(imported);
  if (!["shared", "client", "server"].includes(to.side)) return `${to.side} is no part of the product`;
  if (from.side === to.side && from.room === to.room) return null;
  if (to.side === "shared") {
    if (from.side !== "shared") return null;
    if (sharedForAll.includes(to.room) && !sharedForAll.includes(from.room)) return null;
    return arrowOf(sharedArrows, from, to);
  }
  if (from.side !== to.side) return `${from.side} and ${to.side} never meet`;
  return arrowOf(from.side === "server" ? serverArrows : clientArrows, from, to);
}

function arrowOf(arrows: Readonly<Record<string, readonly string[]>>, from: Place, to: Place): string | null {
  const allowed = Object.hasOwn(arrows, from.room) ? arrows[from.room] : undefined;
  if (allowed === undefined) return `${from.side}/${from.room} has no place in the arrows`;
  return allowed.includes(to.room) ? null : `${from.side}/${from.room} may not import ${to.side}/${to.room}`;
}

/** Why this import of a package is not allowed; null when it is. */
function objectionToPackage(importer: string, specifier: string): string | null {
  const { side, room } = placeOf(importer);
  const isOf = (...names: string[]) =>
    names.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  if (isOf("konva", "react-konva") && `${side}/${room}` !== "client/canvas")
    return "only canvas draws with konva";
  if (isOf("yjs") && !yjsRooms.includes(`${side}/${room}`)) return "Yjs stays behind the model";
  const isSyllables = `${side}/${room}` === "shared/render" && isOf("hyphen");
  if (side === "shared" && !isOf("yjs", "zod", "lib0") && !isSyllables) {
    return "shared is pure: yjs, zod and lib0 only, and hyphen where text is laid out";
  }
  if (side === "client" && specifier.startsWith("node:")) return "a browser has no Node";
  if (side === "server" && isOf("react", "react-dom")) return "the server draws no screens";
  return null;
}

type Import = { readonly importer: string; readonly specifier: string };

function importsOf(importer: string, source: string): Import[] {
  const patterns = [
    /^\s*(?:import|export)\b[^"'`;]*?\bfrom\s*["']([^"']+)["']/gm,
    /^\s*import\s*["']([^"']+)["']/gm,
    /\bimport\s*\(\s*["']([^"']+)["']\s*\)/g,
  ];
  return patterns.flatMap((pattern) =>
    [...source.matchAll(pattern)].map((match) => ({ importer, specifier: match[1] ?? "" })),
  );
}

function sourceFiles(): { readonly path: string; readonly source: string }[] {
  return ["client", "server", "shared"].flatMap((side) =>
    readdirSync(join(root, side), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${side}/${name.replaceAll("\\", "/")}`)
      .sort()
      .map((path) => ({ path, source: readFileSync(join(root, path), "utf8") })),
  );
}

/** The file that a relative import means, from the root; what a bundler reads after `?` does not count. */
function targetOf({ importer, specifier }: Import): string {
  const bare = specifier.replace(/\?.*$/, "");
  return relative(root, join(root, dirname(importer), bare)).replaceAll("\\", "/");
}

const isRelative = ({ specifier }: Import) => specifier.startsWith(".");

test("every import follows an arrow of the house style", () => {
  const imports = sourceFiles().flatMap(({ path, source }) => importsOf(path, source));
  const objections = imports.flatMap((found) => {
    const objection = isRelative(found)
      ? objectionToFile(found.importer, targetOf(found))
      : objectionToPackage(found.importer, found.specifier);
    return objection === null ? [] : [`${found.importer} imports ${found.specifier}: ${objection}`];
  });

  expect(objections).toEqual([]);
  expect(imports.length).toBeGreaterThan(100);
});

test("every room of the arrows is there", () => {
  const rooms = Object.entries({ shared: sharedArrows, server: serverArrows, client: clientArrows }).flatMap(
    ([side, arrows]) =>
      [...Object.keys(arrows), ...Object.values(arrows).flat()].map((room) => `${side}/${room}`),
  );

  expect([...new Set(rooms)].filter((room) => !existsSync(join(root, room)))).toEqual([]);
});

test("every relative import names a file that exists, with its extension", () => {
  const broken = sourceFiles()
    .flatMap(({ path, source }) => importsOf(path, source))
    .filter(isRelative)
    .filter(
      (found) => !/\.(tsx?|json|css|svg)$/.test(targetOf(found)) || !existsSync(join(root, targetOf(found))),
    )
    .map((found) => `${found.importer} imports ${found.specifier}`);

  expect(broken).toEqual([]);
});

test("nothing is exported by default, and nothing is re-exported wholesale", () => {
  const offenders = sourceFiles()
    .filter(({ source }) => /^export\s+(default\b|\*)|^export\s*\{[^}]*\bas default\b/m.test(source))
    .map(({ path }) => path);

  expect(offenders).toEqual([]);
});

test("an arrow that is not allowed is noticed", () => {
  const forbidden: readonly (readonly [string, string])[] = [
    ["client/list/NoteList.tsx", "client/canvas/Stage.tsx"],
    ["client/model/boardModel.ts", "client/screens/BoardScreen.tsx"],
    ["client/sync/joinRoom.ts", "client/model/boardModel.ts"],
    ["client/ui/Button.tsx", "client/model/boardModel.ts"],
    ["client/app/App.tsx", "server/main.ts"],
    ["server/http/boards.ts", "client/app/App.tsx"],
    ["server/store/store.ts", "server/relay/rooms.ts"],
    ["server/relay/relay.ts", "server/http/boards.ts"],
    ["server/main.ts", "server/dev/start.ts"],
    ["server/http/boards.ts", "tests/support/people.ts"],
    ["shared/board/note.ts", "shared/template/tree.ts"],
    ["shared/export/toJson.ts", "shared/protocol/messages.ts"],
    ["shared/result.ts", "shared/board/note.ts"],
    ["shared/board/note.ts", "server/log.ts"],
    ["client/toString/x.ts", "client/model/boardModel.ts"],
  ];

  for (const [importer, imported] of forbidden) {
    expect(objectionToFile(importer, imported), `${importer} -> ${imported}`).not.toBeNull();
  }
  expect(objectionToFile("client/screens/BoardScreen.tsx", "client/canvas/Stage.tsx")).toBeNull();
  expect(objectionToPackage("client/list/NoteList.tsx", "konva/lib/Node")).not.toBeNull();
  expect(objectionToPackage("client/screens/BoardScreen.tsx", "yjs")).not.toBeNull();
  expect(objectionToPackage("shared/board/note.ts", "node:crypto")).not.toBeNull();
  expect(objectionToPackage("shared/export/toJson.ts", "lib0/hash/sha256")).toBeNull();
  expect(objectionToPackage("shared/render/hyphenation.ts", "hyphen/nl/index.js")).toBeNull();
  expect(objectionToPackage("shared/board/note.ts", "hyphen/nl/index.js")).not.toBeNull();
});

test("every way to write an import is read", () => {
  const source = [
    'import type { A } from "./a.ts";',
    'import {\n  b,\n  type C,\n} from "./b.ts";',
    'import "./style.css";',
    'export { d } from "./d.ts";',
    'const e = await import("./e.ts");',
    'import outlines from "./f.json" with { type: "json" };',
  ].join("\n");

  const found = importsOf("client/x/x.ts", source).map(({ specifier }) => specifier);

  expect(found.sort()).toEqual(["./a.ts", "./b.ts", "./d.ts", "./e.ts", "./f.json", "./style.css"]);
});
