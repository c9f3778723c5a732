import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { wordsInTwoParts } from "./client/i18n/laterWords.ts";
import { pagesThatNameTheirParts } from "./server/dev/pagesThatNameTheirParts.ts";
import { backdropToSvg } from "./shared/render/backdropSvg.ts";
import { neutralGrowth } from "./shared/render/growth.ts";
import { focuses } from "./shared/template/template.ts";

/**
 * The drawings of the home and join pages, from the same data as the canvas: `/art/tree-<focus>.svg`, and
 * `/art/tree-<focus>-dark.svg` for a dark room.
 */
function treePictures(): Plugin {
  const view = { x: -300, y: -60, width: 3800, height: 2120 };
  const pictures = focuses.flatMap((focus) =>
    (["light", "dark"] as const).map((scheme) => ({
      fileName: `art/tree-${focus}${scheme === "dark" ? "-dark" : ""}.svg`,
      draw: () => backdropToSvg(focus, view, neutralGrowth, scheme),
    })),
  );
  return {
    name: "tree-pictures",
    generateBundle() {
      for (const { fileName, draw } of pictures) this.emitFile({ type: "asset", fileName, source: draw() });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const picture = pictures.find(({ fileName }) => request.url === `/${fileName}`);
        if (picture === undefined) return next();
        response.setHeader("content-type", "image/svg+xml");
        response.end(picture.draw());
      });
    },
  };
}

/** No screen makes a JSON Schema: what zod needs for that is kept out of the pages, five kilobytes of every phone. */
function withoutJsonSchemas(): Plugin {
  return {
    name: "without-json-schemas",
    enforce: "pre",
    apply: "build",
    transform(code, id) {
      if (!/\/zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/.test(id)) return null;
      const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
      const refuse = 'const refuse = () => { throw new Error("no JSON Schema in a page"); };';
      return {
        code: `${refuse}\n${names.map((name) => `export { refuse as ${name} };`).join("\n")}\nexport { refuse as process };`,
        map: null,
      };
    },
  };
}

/**
 * What of the libraries no page uses: coloured words for a console (Yjs says its warnings plainly, zod its complaints
 * not at all), talk between tabs, which here goes through the server, zod's methods for every format of the world, and
 * values that hold themselves, which nothing that comes out of JSON or a document does. And React Aria asks whether
 * dates could be written in the browser's language, which wakes all of the browser's calendars before the first look;
 * whether it is a language is all it wants to know.
 */
function withoutUnusedParts(): Plugin {
  const plain = [
    "export const print = (...words) => console.log(...words);",
    "export const warn = (...words) => console.warn(...words);",
    'export const BOLD = "", UNBOLD = "", ORANGE = "", RED = "";',
  ].join("\n");
  const silent = ["subscribe", "unsubscribe", "publish"]
    .map((name) => `export const ${name} = () => {};`)
    .join("\n");
  const formatMethod =
    /^ {4}\w+\(params\) \{\n {8}return this\.check\(core\._\w+\(Zod\w+, params\)\);\n {4}\},?\n/gm;
  const askForDates = /Intl\.DateTimeFormat\.supportedLocalesOf\(\[\s*locale\s*\]\)/;
  const noCycles = [
    "export class $ZodCyclicError extends Error {}",
    "export const memoizer = () => undefined;",
    "export const isBackEdge = () => false;",
    "export const isRecursiveSchema = () => false;",
  ].join("\n");
  return {
    name: "without-unused-parts",
    enforce: "pre",
    apply: "build",
    transform(code, id) {
      if (/\/lib0\/logging\.js$/.test(id)) return { code: plain, map: null };
      if (/\/i18n\/useDefaultLocale\.mjs$/.test(id))
        return { code: code.replace(askForDates, "new Intl.Locale(locale)"), map: null };
      if (/\/lib0\/broadcastchannel\.js$/.test(id)) return { code: silent, map: null };
      if (/\/zod\/v4\/core\/memoizer\.js$/.test(id)) return { code: noCycles, map: null };
      if (/\/zod\/v4\/locales\/en\.js$/.test(id))
        return { code: 'export default () => ({ localeError: () => "invalid" });', map: null };
      if (/\/zod\/v4\/classic\/schemas\.js$/.test(id))
        return { code: code.replace(formatMethod, ""), map: null };
      return null;
    },
  };
}

/** `nl.json?first` and `nl.json?later`: the words of a language in two files, so that a phone waits for the one it needs. */
function wordsInParts(): Plugin {
  return {
    name: "words-in-parts",
    enforce: "pre",
    load(id) {
      const [file = "", part] = id.split("?");
      if (!file.endsWith(".json") || (part !== "first" && part !== "later")) return null;
      const words = JSON.parse(readFileSync(file, "utf8"));
      return {
        code: `export default ${JSON.stringify(wordsInTwoParts(words)[part])};`,
        map: null,
        moduleType: "js",
      };
    },
  };
}

export default defineConfig(({ isSsrBuild }) =>
  isSsrBuild === true
    ? {
        // These come as hundreds of small files, and opening them was half of a server's start.
        ssr: { noExternal: ["kysely", "zod", "yjs", "lib0", "y-protocols"] },
        build: {
          ssr: true,
          outDir: "dist/server",
          target: "node20",
          emptyOutDir: true,
          rolldownOptions: {
            input: {
              main: "server/main.ts",
              storeThread: "server/threads/storeThread.ts",
              compactorThread: "server/threads/compactorThread.ts",
              exportingThread: "server/threads/exportingThread.ts",
            },
            output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
          },
        },
      }
    : {
        root: "client",
        plugins: [
          wordsInParts(),
          react(),
          treePictures(),
          withoutJsonSchemas(),
          withoutUnusedParts(),
          pagesThatNameTheirParts(),
        ],
        build: {
          outDir: "../dist/client",
          emptyOutDir: true,
          target: "es2022",
          modulePreload: { polyfill: false },
          rolldownOptions: {
            input: { index: "client/index.html", sw: "client/serviceWorker.ts" },
            output: {
              // The worker stands at the root, under a name that stays: only there it may open every page.
              entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
              codeSplitting: {
                // Many crumbs compress worse than one small loaf.
                groups: [
                  // What the first, small script needs must not lie in a large one.
                  { name: "early", test: /vite\/preload-helper|client\/(app\/ahead|i18n\/wordFiles)\.ts/ },
                  {
                    name: "base",
                    test: /lucide-react|client\/(ui\/|sync\/|model\/(?!announcements)|i18n\/i18n|screens\/(Topline|MessagePage|LandscapePage|LoadingPage)|controls\/(SavedBadge|PersonFields|LanguageSwitch|ViewButton))|shared\/(board|workshop)\//,
                    minShareCount: 2,
                  },
                  {
                    name: "react",
                    test: /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|use-sync-external-store)\//,
                  },
                ],
              },
            },
          },
        },
        server: {
          port: 5173,
          proxy: {
            "/api": "http://127.0.0.1:8080",
            "/rooms": { target: "ws://127.0.0.1:8080", ws: true },
          },
        },
      },
);
