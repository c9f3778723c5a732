import type { Plugin, Rolldown } from "vite";

const start = "app/start.tsx";
/** What each page shows first, beside what all start with. `index` is the page for any other address, too. */
const pages = {
  index: "screens/HomeScreen.tsx",
  join: "screens/JoinCodeScreen.tsx",
  workshop: "screens/WorkshopScreen.tsx",
  board: "screens/BoardScreen.tsx",
} as const;

/**
 * A page for each kind of address, which names the scripts, styles and letters that it needs for its first look: else
 * the browser hears of one only from another, and each such step is a way to the server and back. What comes after that
 * look is not named, or it would share a slow line with what people wait for.
 */
export function pagesThatNameTheirParts(): Plugin {
  return {
    name: "pages-that-name-their-parts",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const shell = bundle["index.html"];
        // The server's own scripts are built by the same configuration.
        if (shell?.type !== "asset") return;
        const html = String(shell.source);
        for (const [page, part] of Object.entries(pages)) {
          const source = withLinks(html, part, bundle);
          if (page === "index") shell.source = source;
          else this.emitFile({ type: "asset", fileName: `${page}.html`, source });
        }
      },
    },
  };
}

function withLinks(html: string, part: string, bundle: Rolldown.OutputBundle): string {
  const font = Object.keys(bundle).find((name) => /-latin-wght-normal-[^/]*\.woff2$/.test(name));
  if (font === undefined) throw new Error("no letters were built");
  const named = new Set([...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, name]) => name));
  function linksTo(wanted: string): string {
    const fresh = filesOf(wanted, bundle).filter((name) => !named.has(name));
    for (const name of fresh) named.add(name);
    return fresh
      .map((name) => {
        const kind = name.endsWith(".css") ? "stylesheet" : "modulepreload";
        return `    <link rel="${kind}" crossorigin href="/${name}">\n`;
      })
      .join("");
  }
  const letters = `    <link rel="preload" as="font" type="font/woff2" crossorigin href="/${font}">\n`;
  // The styles of controls come before those of the page, whose script comes before theirs.
  return html
    .replace(/ *<link rel="stylesheet"/, (own) => letters + linksTo(start) + own)
    .replace(/ *<\/head>/, (end) => linksTo(part) + end);
}

/** The script of a file of the client with all that it stands on, and their styles. */
function filesOf(part: string, bundle: Rolldown.OutputBundle): readonly string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const found = new Map<string, Rolldown.OutputChunk>();
  function add(chunk: Rolldown.OutputChunk | undefined): void {
    if (chunk === undefined || found.has(chunk.fileName)) return;
    found.set(chunk.fileName, chunk);
    for (const name of chunk.imports) add(chunks.find(({ fileName }) => fileName === name));
  }
  const own = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/client/${part}`));
  if (own === undefined) throw new Error(`${part} has no script of its own`);
  add(own);
  const styles = [...found.values()].flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
  return [...new Set([...found.keys(), ...styles])];
}
