import { type FocusEvent, type RefObject, useLayoutEffect, useMemo, useRef } from "react";
import { type NoteId, noteIdSchema, type ThemeId } from "../../shared/board/ids.ts";
import { createSource, type Observable } from "../model/observable.ts";

/*
 * Where the keyboard is in the list. Rows move while others work: whoever stands on a note stays on that note, also
 * when it comes to stand under another heading and its row is made anew; when it goes, they stand on the next one.
 * Nobody who is elsewhere on the page is ever fetched back.
 */

export type RowFocus = {
  /** The one note that Tab comes to. */
  readonly active: Observable<ReadonlySet<NoteId>>;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: (event: FocusEvent) => void;
  /** As soon as the row is there. */
  readonly focusNote: (note: NoteId) => void;
  /** When an overlay closes: that gives the focus back in its own way first. */
  readonly focusSoon: (next: FocusNext) => void;
  /** Another overlay opens before that happened, and has the focus now. */
  readonly stay: () => void;
  /** One row on or back; to the first or the last. */
  readonly step: (from: NoteId, to: "next" | "previous" | "first" | "last") => void;
};

export type FocusNext = { readonly note?: NoteId; readonly theme?: ThemeId };

const rowSelector = ".list-note-body";

/** The note in whose row an element stands. */
export function noteOfElement(element: EventTarget | null): NoteId | null {
  if (!(element instanceof Element)) return null;
  const row = element.closest("[data-note]");
  const id = noteIdSchema.safeParse(row instanceof HTMLElement ? row.dataset.note : undefined);
  return id.success ? id.data : null;
}

/** `order` are the notes as the list shows them, top to bottom. */
export function useRowFocus(root: RefObject<HTMLElement | null>, order: readonly NoteId[]): RowFocus {
  const held = useRef<NoteId | null>(null);
  const wanted = useRef<NoteId | null>(null);
  const before = useRef(order);

  const focus = useMemo(() => {
    const active = createSource<ReadonlySet<NoteId>>(new Set());
    let frame = 0;
    const bodyOf = (note: NoteId) =>
      root.current?.querySelector<HTMLElement>(`[data-note="${CSS.escape(note)}"] ${rowSelector}`) ?? null;
    const bodies = () => [...(root.current?.querySelectorAll<HTMLElement>(rowSelector) ?? [])];

    function go(body: HTMLElement | null | undefined): boolean {
      if (body === null || body === undefined) return false;
      body.focus({ preventScroll: true });
      body.scrollIntoView({ block: "nearest" });
      return true;
    }
    function headingOf({ note, theme }: FocusNext): HTMLElement | null {
      if (note !== undefined || theme === undefined) return null;
      return root.current?.querySelector<HTMLElement>(`[data-theme="${CSS.escape(theme)}"] h3`) ?? null;
    }
    return {
      active,
      bodyOf,
      go,
      onFocus(event: FocusEvent) {
        const note = noteOfElement(event.target);
        held.current = note;
        if (note !== null && !active.get().has(note)) active.set(new Set([note]));
      },
      onBlur(event: FocusEvent) {
        // React is silent while it takes rows away: what is heard here is somebody leaving. A page that is left for
        // another window keeps its place.
        if (event.relatedTarget !== null || document.hasFocus()) held.current = null;
      },
      focusNote(note: NoteId) {
        wanted.current = note;
      },
      focusSoon(next: FocusNext) {
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => {
          frame = requestAnimationFrame(() => {
            const heading = headingOf(next);
            if (heading !== null) heading.focus();
            else if (next.note !== undefined && !go(bodyOf(next.note))) go(bodies()[0]);
          });
        });
      },
      stay: () => cancelAnimationFrame(frame),
      step(from: NoteId, to: "next" | "previous" | "first" | "last") {
        const all = bodies();
        const place = all.indexOf(bodyOf(from) ?? document.body);
        const next = { next: place + 1, previous: place - 1, first: 0, last: all.length - 1 }[to];
        if (next >= 0) go(all[next]);
      },
    };
  }, [root]);

  // After each drawing of the list: the order of its rows may have changed.
  useLayoutEffect(() => {
    if (wanted.current !== null && focus.go(focus.bodyOf(wanted.current))) wanted.current = null;
    const lost = document.activeElement === document.body ? held.current : null;
    if (lost !== null && !focus.go(focus.bodyOf(lost))) {
      const neighbour = neighbourOf(lost, before.current, order);
      if (neighbour !== null) focus.go(focus.bodyOf(neighbour));
      else root.current?.querySelector<HTMLElement>("h2")?.focus();
    }
    before.current = order;
    const [active] = focus.active.get();
    if (active !== undefined && order.includes(active)) return;
    const [first] = order;
    if (first !== undefined) focus.active.set(new Set([first]));
  });

  return focus;
}

/** The note that comes after one that went, or else before it, among those that are still there. */
export function neighbourOf(gone: NoteId, before: readonly NoteId[], now: readonly NoteId[]): NoteId | null {
  const place = before.indexOf(gone);
  if (place < 0) return null;
  const present = new Set(now);
  const after = before.slice(place + 1).find((id) => present.has(id));
  return (
    after ??
    before
      .slice(0, place)
      .filter((id) => present.has(id))
      .at(-1) ??
    null
  );
}
