import { cpSync, existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import * as Y from "yjs";
import { z } from "zod";
import { openBrowser } from "./benchBrowser.ts";
import { type BenchNote, type Layout, noteSize } from "./layout.ts";
import { type OpenedBoard, type PeerName, peerFolderOf } from "./products.ts";

/*
 * The peers as pages of their own: bundled like any product, served compressed by this process, and opened with a board
 * in their own format. Making that from the notes is not timed, reading it is.
 */

export type PeerPage = {
  readonly open: (layout: Layout) => Promise<OpenedBoard>;
  readonly close: () => Promise<void>;
};

const preparePatienceMs = 120_000;

export async function openPeerPage(name: PeerName): Promise<PeerPage> {
  const folder = peerFolderOf(name);
  await buildPeer(name);
  const files = readFilesOf(join(folder, "dist"));
  /** Boards by the number of their notes. */
  const boards = new Map<number, Buffer>();
  let notesToPrepare = "[]";
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    const boardSize = /^\/board-(\d+)$/.exec(pathname)?.[1];
    if (boardSize !== undefined) {
      response.setHeader("content-type", "application/octet-stream");
      response.end(boards.get(Number(boardSize)));
    } else if (pathname === "/notes") {
      response.setHeader("content-type", "application/json");
      response.end(notesToPrepare);
    } else {
      const file = files(pathname);
      response.statusCode = file === null ? 404 : 200;
      if (file === null) return void response.end();
      response.setHeader("content-type", file.type);
      const isCompressed = file.gzip !== null && /\bgzip\b/.test(String(request.headers["accept-encoding"]));
      if (isCompressed) response.setHeader("content-encoding", "gzip");
      response.end(isCompressed ? file.gzip : file.bytes);
    }
  });
  const origin = await listen(server);

  async function prepare({ notes }: Layout): Promise<Buffer> {
    if (name === "naive") return Buffer.from(documentOf(notes));
    notesToPrepare = JSON.stringify(notes.map(plainNote));
    const browser = await openBrowser({ width: 1_600, height: 900, remembered: {}, notes: notes.length });
    try {
      browser.page.setDefaultTimeout(preparePatienceMs);
      await browser.page.goto(`${origin}/?prepare`);
      const prepared = await browser.page.waitForFunction("window.benchPrepared");
      return Buffer.from(z.string().parse(await prepared.jsonValue()));
    } finally {
      await browser.close();
    }
  }

  return {
    async open(layout) {
      const size = layout.notes.length;
      if (!boards.has(size)) boards.set(size, await prepare(layout));
      return {
        url: `${origin}/?board=/board-${size}`,
        remembered: {},
        startMoves: null,
        close: async () => undefined,
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const plainNote = ({ id, text, placement, colour }: BenchNote) => ({
  id,
  text,
  x: placement.x,
  y: placement.y,
  ...noteSize,
  colour,
});

function documentOf(notes: readonly BenchNote[]): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const note of notes) doc.getMap("notes").set(note.id, plainNote(note));
  });
  return Y.encodeStateAsUpdate(doc);
}

async function buildPeer(name: PeerName): Promise<void> {
  const root = peerFolderOf(name);
  const built = join(root, "dist/index.html");
  const sources = ["main.jsx", "index.html", "package.json"].map(
    (file) => statSync(join(root, file)).mtimeMs,
  );
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...sources)) return;
  console.log(`building ${name}`);
  await build({
    configFile: false,
    root,
    logLevel: "error",
    define: { "process.env.IS_PREACT": JSON.stringify("false") },
    oxc: { jsx: { runtime: "automatic" } },
    build: { target: "es2022", chunkSizeWarningLimit: 10_000 },
  });
  const fonts = join(root, "node_modules/@excalidraw/excalidraw/dist/prod/fonts");
  if (existsSync(fonts)) cpSync(fonts, join(root, "dist/fonts"), { recursive: true });
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

type ServedFile = { readonly bytes: Buffer; readonly gzip: Buffer | null; readonly type: string };

/** Each file is compressed once, before it is first timed. */
function readFilesOf(folder: string): (pathname: string) => ServedFile | null {
  const known = new Map<string, ServedFile | null>();
  function read(pathname: string): ServedFile | null {
    const file = join(folder, normalize(pathname === "/" ? "/index.html" : decodeURIComponent(pathname)));
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) return null;
    const bytes = readFileSync(file);
    const isText = /\.(html|js|css|json|svg)$/.test(file);
    return {
      bytes,
      gzip: isText ? gzipSync(bytes, { level: 9 }) : null,
      type: types[extname(file)] ?? "application/octet-stream",
    };
  }
  return (pathname) => {
    const file = known.get(pathname) ?? read(pathname);
    known.set(pathname, file);
    return file;
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}
