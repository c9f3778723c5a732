import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/controls.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import { startI18n } from "./i18n/i18n.ts";
import { createBoardChanger } from "./model/changeBoard.ts";
import { createApi } from "./sync/api.ts";
import { createDevice } from "./sync/identity.ts";
import { keepPageForOffline } from "./sync/offlinePage.ts";

function storageOfBrowser(): Storage | null {
  try {
    return localStorage;
  } catch {
    // Blocked by the browser's settings: merely naming it throws.
    return null;
  }
}

const device = createDevice(storageOfBrowser());
const browserLanguage = navigator.language.startsWith("nl") ? "nl" : "en";
await startI18n(device.language() ?? browserLanguage);

const root = document.getElementById("root");
if (root === null) throw new Error("index.html without #root");
const ask: typeof fetch = (input, init) => fetch(input, init);
createRoot(root).render(<App api={createApi(ask)} changeBoard={createBoardChanger(ask)} device={device} />);
if (import.meta.env.PROD) keepPageForOffline();
