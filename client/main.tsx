import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/controls.css";
import { askAhead } from "./app/ahead.ts";
import { browserLanguage, wordFiles } from "./i18n/wordFiles.ts";

// Small, and so the first that runs: what it asks for comes beside the other scripts, not after them.
const asked = askAhead(location);
const words = wordFiles[browserLanguage()];
const isNarrow = matchMedia("(max-width: 46rem)").matches;
for (const part of isNarrow ? [words.first] : [words.first, words.later]) part().catch(() => undefined);
const { start } = await import("./app/start.tsx");
await start(asked);
