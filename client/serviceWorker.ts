/*
 * Opens the page when the server cannot be reached. The page's own code and pictures are kept as they were loaded
 * (their names change with their content), and one copy of the page itself, taken once all it needs is there. What a
 * group makes never passes through here: that is the document's copy in IndexedDB.
 */

type Waiting = Event & { readonly waitUntil: (work: Promise<unknown>) => void };
type Fetching = Waiting & {
  readonly request: Request;
  readonly respondWith: (response: Promise<Response>) => void;
};
type Told = Waiting & { readonly data: unknown };

type PageWorker = {
  readonly location: Location;
  readonly skipWaiting: () => Promise<void>;
  readonly clients: { readonly claim: () => Promise<void> };
  addEventListener(type: "install" | "activate", listener: (event: Waiting) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetching) => void): void;
  addEventListener(type: "message", listener: (event: Told) => void): void;
};

// The DOM's types know no worker's `self`, and a second set of global types would contradict them.
const worker = self as unknown as PageWorker;
const cacheName = "collaboration-tree-1";
const pageUrl = "/";
/** About two releases; the oldest go first. */
const mostKept = 160;
/** Venue wifi that neither answers nor fails: after this the kept page opens. */
const patienceMs = 4_000;

const isKept = ({ pathname }: URL) => /^\/(assets|art)\//.test(pathname) || pathname === "/icon.svg";

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (request.mode === "navigate") event.respondWith(openPage(request));
  else if (isKept(url)) event.respondWith(fromCacheFirst(request));
});

worker.addEventListener("message", (event) => {
  const urls = Array.isArray(event.data) ? event.data.filter((url) => typeof url === "string") : [];
  if (urls.length > 0) event.waitUntil(keep(urls.slice(0, mostKept)));
});

async function openPage(request: Request): Promise<Response> {
  const kept = await caches.match(pageUrl);
  if (kept === undefined) return await fetch(request);
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), patienceMs));
  const fresh = fetch(request).then(
    // A proxy in front of a server that is restarting.
    (response) => (response.status >= 502 && response.status <= 504 ? kept : response),
    () => kept,
  );
  return await Promise.race([fresh, late]);
}

async function fromCacheFirst(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok) {
    const cache = await caches.open(cacheName);
    await cache.put(request, response.clone());
  }
  return response;
}

/** What the page has loaded so far, then the page; a page whose parts are not all here would open to nothing. */
async function keep(urls: readonly string[]): Promise<void> {
  const cache = await caches.open(cacheName);
  for (const url of urls) {
    const { pathname, origin } = new URL(url, worker.location.href);
    if (origin !== worker.location.origin || !isKept(new URL(pathname, origin))) continue;
    if ((await cache.match(pathname)) === undefined) await cache.add(pathname);
  }
  const page = await fetch(pageUrl, { cache: "no-cache" });
  const html = await page.clone().text();
  const parts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].flatMap(([, part]) => part ?? []);
  for (const part of parts) {
    if ((await cache.match(part)) === undefined) await cache.add(part);
  }
  if (page.ok) await cache.put(pageUrl, page);
  const kept = await cache.keys();
  for (const request of kept.slice(0, Math.max(0, kept.length - mostKept))) {
    if (new URL(request.url).pathname !== pageUrl) await cache.delete(request);
  }
}

export type {};
