import { createRoot } from "react-dom/client";
import { config } from "zod";
import { startI18n } from "../i18n/i18n.ts";
import { browserLanguage } from "../i18n/wordFiles.ts";
import { createBoardChanger } from "../model/changeBoard.ts";
import { createApi } from "../sync/api.ts";
import { createDevice } from "../sync/identity.ts";
import { keepPageForOffline } from "../sync/offlinePage.ts";
import { parseRoute } from "../ui/routes.ts";
import { App, fetchPage } from "./App.tsx";
import { type Asked, withAsked } from "./ahead.ts";

function storageOfBrowser(): Storage | null {
  try {
    return localStorage;
  } catch {
    // Blocked by the browser's settings: merely naming it throws.
    return null;
  }
}

/** Puts the page together; `asked` is on its way already. */
export async function start(asked: Asked | null): Promise<void> {
  // The page may make no functions out of text: asking for it would only be reported as an attack.
  config({ jitless: true });

  const device = createDevice(storageOfBrowser());
  const ask: typeof fetch = (input, init) => fetch(input, init);
  const route = parseRoute(location);
  const api = createApi(withAsked(asked, ask));
  const words = startI18n(device.language() ?? browserLanguage());
  await fetchPage(route, { words, device });

  const root = document.getElementById("root");
  if (root === null) throw new Error("index.html without #root");
  createRoot(root).render(<App api={api} changeBoard={createBoardChanger(ask)} device={device} />);
  if (import.meta.env.PROD) keepPageForOffline();
}
