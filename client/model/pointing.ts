import type { Presence, Spotlight } from "../../shared/protocol/presence.ts";
import type { Other } from "./boardModel.ts";
import { createSource, type Observable } from "./observable.ts";

/** What is pointed out now; `by` is null when this screen does it. */
export type ShownSpotlight = {
  readonly spotlight: Spotlight;
  readonly by: { readonly clientId: number; readonly name: string | null } | null;
};

export type Pointing = {
  /** Ours before anybody else's; nothing of somebody who was waved away until they have stopped. */
  readonly shown: Observable<ShownSpotlight | null>;
  /** What is bright on this screen, and dims the rest: what is pointed out, else what this screen lights up. */
  readonly lit: Observable<Spotlight | null>;
  /** The person whose spotlight this screen goes along with. */
  readonly followed: Observable<number | null>;
  /** False for who may only look. */
  readonly mayPoint: boolean;
  /** Points something out to every screen of this board; `null` stops. */
  readonly point: (spotlight: Spotlight | null) => void;
  /** Lights something up on this screen alone, and tells nobody; `null` stops. */
  readonly lightUp: (spotlight: Spotlight | null) => void;
  readonly follow: () => void;
  /** Not this one: nothing dims here while that person goes on. */
  readonly waveAway: () => void;
  /** This screen presents to a room until the result is called. */
  readonly present: () => () => void;
  /** For a view without pointers: looks for a moment every few seconds; the result ends it. */
  readonly glance: () => () => void;
  readonly stop: () => void;
};

export type PointingOptions = {
  readonly others: Observable<readonly Other[]>;
  readonly watchOthers: () => () => void;
  readonly show: (change: Partial<Presence>) => void;
  readonly mayPoint: boolean;
};

const glanceEveryMs = 3_000;
/** Long enough for an answer over a poor line; a quick answer ends it sooner. */
const glanceMs = 2_500;

/*
 * Everyone may show everyone something for a moment. Pointers stream, a spotlight stands still: a list, which is to cost
 * a phone nothing, only glances at who is pointing, and in between keeps what it saw.
 */
export function createPointing({ others, watchOthers, show, mayPoint }: PointingOptions): Pointing {
  const shown = createSource<ShownSpotlight | null>(null);
  const lit = createSource<Spotlight | null>(null);
  const followed = createSource<number | null>(null);
  let mine: Spotlight | null = null;
  let litHere: Spotlight | null = null;
  /** Who points, in the order in which this screen saw them begin. */
  let pointers: readonly Other[] = [];
  const wavedAway = new Set<number>();
  let isGlancing = false;
  let isLooking = false;

  function look(): void {
    // Between two glances nobody is seen, which does not mean that they stopped.
    if (isGlancing && !isLooking) return;
    const seen = others.get().filter(({ spotlight }) => spotlight !== null);
    const known = pointers.flatMap(({ clientId }) => seen.filter((other) => other.clientId === clientId));
    pointers = [...known, ...seen.filter((other) => !known.includes(other))];
    for (const id of [...wavedAway]) if (!seen.some(({ clientId }) => clientId === id)) wavedAway.delete(id);
    tell();
  }

  function tell(): void {
    const first = pointers.find(({ clientId }) => !wavedAway.has(clientId));
    const spotlight = mine ?? first?.spotlight ?? null;
    const by = mine !== null || first === undefined ? null : { clientId: first.clientId, name: first.name };
    const next = spotlight === null ? null : { spotlight, by };
    if (JSON.stringify(next) !== JSON.stringify(shown.get())) shown.set(next);
    const bright = spotlight ?? litHere;
    if (JSON.stringify(bright) !== JSON.stringify(lit.get())) lit.set(bright);
    if (next?.by?.clientId !== followed.get() && mine === null) followed.set(null);
  }

  const stopListening = others.subscribe(look);
  const glances = new Set<() => void>();

  function glance(): () => void {
    let end: (() => void) | null = null;
    let closing: ReturnType<typeof setTimeout> | null = null;
    isGlancing = true;

    function open(): void {
      if (end !== null || document.visibilityState === "hidden") return;
      isLooking = true;
      const stopWatching = watchOthers();
      const stopWaiting = others.subscribe(() => {
        if (others.get().length > 0) close();
      });
      end = () => {
        stopWaiting();
        isLooking = false;
        stopWatching();
      };
      closing = setTimeout(() => {
        // Nobody answered in time: nobody is there, or the line is poor. What was seen last is not true for ever.
        look();
        close();
      }, glanceMs);
    }

    function close(): void {
      if (closing !== null) clearTimeout(closing);
      end?.();
      end = null;
    }

    open();
    const timer = setInterval(open, glanceEveryMs);
    const stop = () => {
      clearInterval(timer);
      close();
      isGlancing = false;
      glances.delete(stop);
    };
    glances.add(stop);
    return stop;
  }

  return {
    shown,
    lit,
    followed,
    mayPoint,
    point(spotlight) {
      if (!mayPoint) return;
      mine = spotlight;
      show({ spotlight });
      tell();
    },
    lightUp(spotlight) {
      litHere = spotlight;
      tell();
    },
    follow: () => followed.set(shown.get()?.by?.clientId ?? null),
    waveAway() {
      const by = shown.get()?.by;
      if (by === null || by === undefined) return;
      wavedAway.add(by.clientId);
      tell();
    },
    present() {
      show({ isPresenting: true });
      return () => show({ isPresenting: false });
    },
    glance,
    stop() {
      stopListening();
      for (const stop of glances) stop();
    },
  };
}
