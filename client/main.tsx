import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/controls.css";
import { createRoot } from "react-dom/client";
import { config } from "zod";
import { App, fetchPage } from "./app/App.tsx";
import { startI18n } from "./i18n/i18n.ts";
import { createBoardChanger } from "./model/changeBoard.ts";
import { askAhead, createApi } from "./sync/api.ts";
import { createDevice } from "./sync/identity.ts";
import { keepPageForOffline } from "./sync/offlinePage.ts";
import { parseRoute } from "./ui/routes.ts";

function storageOfBrowser(): Storage | null {
  try {
    return localStorage;
  } catch {
    // Blocked by the browser's settings: merely naming it throws.
    return null;
  }
}

// The page may make no functions out of text: asking for it would only be reported as an attack.
config({ jitless: true });

const device = createDevice(storageOfBrowser());
const browserLanguage = navigator.language.startsWith("nl") ? "nl" : "en";
const ask: typeof fetch = (input, init) => fetch(input, init);
const route = parseRoute(location);
const plainApi = createApi(ask);
const api =
  route.page === "board" ? askAhead(plainApi, { boardId: route.boardId, key: route.key }) : plainApi;
const words = startI18n(device.language() ?? browserLanguage);
await Promise.all([words, fetchPage(route, words)]);

const root = document.getElementById("root");
if (root === null) throw new Error("index.html without #root");
createRoot(root).render(<App api={api} changeBoard={createBoardChanger(ask)} device={device} />);
if (import.meta.env.PROD) keepPageForOffline();
