import { ListChecks } from "lucide-react";
import {
  type MouseEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useTranslation } from "react-i18next";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";
import { type ZoneId, zoneIds } from "../../shared/board/placement.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import { withLaterWords } from "../i18n/i18n.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { dotsNow } from "../model/dotsNow.ts";
import { createLater, useLater } from "../model/later.ts";
import { useObservable } from "../model/useObservable.ts";
import { watchOutline } from "../model/zoneOutline.ts";
import type { Device } from "../sync/identity.ts";
import { SwitchButton } from "../ui/Button.tsx";
import { ZonePicture } from "../ui/pictures.tsx";
import type { Overlay } from "./ListOverlays.tsx";
import { LostNote } from "./LostNote.tsx";
import { createNoteActs, type Said } from "./noteActs.ts";
import { rowKeysOf } from "./rowKeys.ts";
import { useRowFocus } from "./useRowFocus.ts";
import { ZoneSection } from "./ZoneSection.tsx";
import "./list.css";
import "./voting.css";

// Menus and dialogs weigh as much as the list: what no first look needs comes when it is quiet, or when it is asked for.
const overlays = createLater(withLaterWords(() => import("./ListOverlays.tsx")));
const changeNews = createLater(withLaterWords(() => import("./ChangeNews.tsx")));
const selectionBar = createLater(() => import("./SelectionBar.tsx"));
const votingBanner = createLater(withLaterWords(() => import("./VotingBanner.tsx")));
const prefetchAfterMs = 1_500;

export type NoteListProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly device: Pick<Device, "isSilent" | "rememberSilence">;
};

/** So many at once are removed only after a question. */
const askAbove = 3;

/**
 * The same board as headed lists, with everything that can be done on the canvas: for phones, keyboards and screen
 * readers. It takes the room that it is given, and scrolls by itself.
 */
export function NoteList({ model, language, device }: NoteListProps) {
  const { t } = useTranslation();
  const root = useRef<HTMLElement>(null);
  const board = useObservable(model.board);
  const group = useObservable(model.group);
  const mayWrite = useObservable(model.mayWrite);
  const selection = useObservable(model.selection);
  const spotlight = useObservable(model.pointing.shown)?.spotlight ?? null;
  const outlines = useMemo(() => watchOutline(model.board, model.template.noteSize), [model]);
  const outline = useObservable(outlines);
  const [editing, setEditing] = useState<NoteId | null>(null);
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const [isPicking, setIsPicking] = useState(false);
  const [said, setSaid] = useState<Said | null>(null);
  const [isSilent, setIsSilent] = useState(device.isSilent);
  const [isFeedOpen, setIsFeedOpen] = useState(false);
  const hasNews = useObservable(model.news.spoken) !== null;
  const isLoaded = useObservable(model.isLoaded);
  const isClosed = useSyncExternalStore(model.saved.subscribe, () => model.saved.get().kind === "closed");
  const isComing = !isLoaded && !isClosed && board.notes.size === 0;
  const isChoosing = mayWrite && (isPicking || selection.size > 1);
  const over = useLater(overlays, { isWanted: false });
  const news = useLater(changeNews, { isWanted: hasNews || isFeedOpen });
  const bar = useLater(selectionBar, { isWanted: isChoosing });
  const banner = useLater(votingBanner, { isWanted: board.voting !== null });
  const order = useMemo(
    () =>
      zoneIds.flatMap((zone) =>
        [...outline[zone].free, ...outline[zone].themes.flatMap(({ notes }) => notes)].map(({ id }) => id),
      ),
    [outline],
  );
  const focus = useRowFocus(root, order);
  const acts = useMemo(() => createNoteActs({ model, language, t, say: setSaid }), [model, language, t]);
  // A lock takes the buttons away, also those that somebody is about to press.
  if (!mayWrite && overlay !== null) setOverlay(null);

  useEffect(() => {
    const timer = setTimeout(() => {
      for (const part of [overlays, changeNews, selectionBar, votingBanner]) void part.want();
    }, prefetchAfterMs);
    return () => clearTimeout(timer);
  }, []);

  // What is chosen on the canvas comes into sight here, and whoever types elsewhere goes on typing.
  useEffect(() => {
    if (selection.size !== 1) return;
    const [id = ""] = selection;
    const row = root.current?.querySelector(`[data-note="${CSS.escape(id)}"]`);
    // Whoever chose it right here has it in sight: it must not move away under the second click.
    if (row?.contains(document.activeElement) !== true) row?.scrollIntoView({ block: "nearest" });
  }, [selection]);

  const openOverlay = useCallback(
    (next: Overlay) => {
      focus.stay();
      setOverlay(next);
      void overlays.want().then((isHere) => {
        if (isHere) return;
        setOverlay(null);
        setSaid({ text: t("errors.offline"), isRefusal: true });
      });
    },
    [t, focus.stay],
  );

  const targetsOf = useCallback(
    (id: NoteId): readonly NoteId[] => {
      const chosen = model.selection.get();
      return chosen.size > 1 && chosen.has(id) ? order.filter((note) => chosen.has(note)) : [id];
    },
    [model, order],
  );

  function edit(id: NoteId): void {
    setOverlay(null);
    setEditing(id);
  }

  function remove(ids: readonly NoteId[]): void {
    if (ids.length > askAbove) {
      openOverlay({ kind: "remove", notes: ids });
      return;
    }
    const isFromMenu = overlay !== null;
    setOverlay(null);
    const [next] = ids.slice(0, 1).map((id) => order[order.indexOf(id) + 1] ?? order[0]);
    acts.remove(ids);
    if (isFromMenu) focus.focusSoon(next === undefined ? {} : { note: next });
  }

  function done(next: { readonly note?: NoteId; readonly theme?: ThemeId }): void {
    setOverlay(null);
    focus.focusSoon(next);
  }

  // The rows get functions that never change, and these find what is true at that moment.
  const latest = useRef({ targetsOf, edit, isPicking });
  useEffect(() => {
    latest.current = { targetsOf, edit, isPicking };
  });
  const rowActs = useMemo(
    () => ({
      active: focus.active,
      onPick(note: NoteId, event: MouseEvent) {
        // A press of a key on a button comes as a click without a pointer: it adds, as a tick does.
        const isAdding =
          latest.current.isPicking || event.ctrlKey || event.metaKey || event.shiftKey || event.detail === 0;
        const chosen = model.selection.get();
        if (isAdding) model.selection.toggle(note);
        else if (chosen.size === 1 && chosen.has(note) && event.detail === 1) model.selection.clear();
        else model.selection.set([note]);
      },
      onMenu: (note: NoteId, anchor: Element) =>
        openOverlay({ kind: "noteMenu", notes: latest.current.targetsOf(note), anchor }),
      onThemeMenu: (theme: ThemeId, anchor: Element) => openOverlay({ kind: "themeMenu", theme, anchor }),
      onEdit: (note: NoteId) => latest.current.edit(note),
      onEditDone(note: NoteId) {
        setEditing(null);
        focus.focusNote(note);
      },
      onDots: (note: NoteId, count: number) => acts.giveDots(note, count),
    }),
    [model, focus.active, focus.focusNote, acts, openOverlay],
  );

  const mayGive = mayWrite && model.me !== null;
  const dotsKey = JSON.stringify([board.voting, [...board.ownDots], mayGive]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: views are new each time, dots seldom
  const dots = useMemo(() => dotsNow(board, mayGive), [dotsKey]);
  const highlightsKey = board.highlights.join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const highlights = useMemo(() => board.highlights, [highlightsKey]);

  function giveDot(note: NoteId, by: -1 | 1): boolean {
    if (dots.phase !== "open" || !dots.mayGive) return false;
    const count = (dots.own.get(note) ?? 0) + by;
    if (count >= 0) acts.giveDots(note, count);
    return true;
  }

  function stopPicking(): boolean {
    const wasPicking = isPicking || selection.size > 0;
    setIsPicking(false);
    model.selection.clear();
    return wasPicking;
  }

  const onKeyDown = rowKeysOf({
    mayWrite,
    editing,
    targetsOf,
    acts,
    focus,
    onEdit: edit,
    onRemove: remove,
    onMenu: (notes, anchor) => openOverlay({ kind: "noteMenu", notes, anchor }),
    onDot: giveDot,
    onStopPicking: stopPicking,
  });

  function goToZone(zone: ZoneId): void {
    const heading = root.current?.querySelector<HTMLElement>(`#zone-${zone}`);
    heading?.scrollIntoView({ block: "start" });
    heading?.focus({ preventScroll: true });
  }

  const shown = zoneIds.filter((zone) => zone !== "unplaced" || outline.unplaced.count > 0);
  const chosen = order.filter((id) => selection.has(id));
  return (
    <section
      ref={root}
      className={`note-list ${isPicking || selection.size > 1 ? "picking" : ""} ${board.voting === null ? "" : "in-round"}`}
      aria-label={t("list.title")}
      onKeyDown={onKeyDown}
      onFocus={focus.onFocus}
      onBlur={focus.onBlur}
    >
      {!isSilent && (
        <div className="visually-hidden" aria-live="polite">
          {hasNews && news !== null && <news.Announcement model={model} language={language} />}
        </div>
      )}
      <p className={said?.isRefusal ? "message bad" : "visually-hidden"} role="status">
        {said?.text}
      </p>
      <div className="list-top">
        <nav className="list-zones" aria-label={t("list.zones")}>
          {shown.map((zone) => (
            <button key={zone} type="button" className="list-zone-key" onClick={() => goToZone(zone)}>
              <ZonePicture zone={zone} size={20} />
              <span className="list-zone-name">{zoneOf(model.template, zone).title[language]}</span>
              <span aria-hidden="true">{isComing ? "…" : outline[zone].count}</span>
            </button>
          ))}
        </nav>
        <div role="status">
          {board.voting !== null && banner !== null && <banner.VotingBanner model={model} dots={dots} />}
        </div>
      </div>
      <div className="list-tools">
        {mayWrite && (
          <SwitchButton
            icon={<ListChecks size={20} aria-hidden="true" />}
            isSelected={isPicking}
            onChange={(isOn) => {
              if (isOn) setIsPicking(true);
              else stopPicking();
            }}
          >
            {t("list.pick")}
          </SwitchButton>
        )}
        <details className="list-details" onToggle={(event) => setIsFeedOpen(event.currentTarget.open)}>
          <summary>{t("announce.feed")}</summary>
          {isFeedOpen && news !== null && (
            <news.ChangeFeed
              model={model}
              language={language}
              isSilent={isSilent}
              onSilence={(next) => {
                setIsSilent(next);
                device.rememberSilence(next);
              }}
            />
          )}
        </details>
        {mayWrite && (
          <details className="list-details list-keys">
            <summary>{t("list.keys")}</summary>
            <p>{t("list.keysLead")}</p>
          </details>
        )}
      </div>
      {board.voting !== null && banner !== null && <banner.VotingLead dots={dots} />}
      {board.setAside.length > 0 && (
        <p className="message">{t("board.setAside", { count: board.setAside.length })}</p>
      )}
      {mayWrite && editing !== null && (
        <LostNote model={model} note={editing} onDiscard={() => setEditing(null)} />
      )}
      <div className="list-parts">
        {shown.map((zone) => (
          <ZoneSection
            spotlight={spotlight}
            key={zone}
            model={model}
            acts={rowActs}
            zone={zone}
            title={zoneOf(model.template, zone).title[language]}
            question={model.template.focuses[group.focus].questions[zone][language]}
            outline={outline[zone]}
            isComing={isComing}
            editing={editing}
            mayWrite={mayWrite}
            highlights={highlights}
            dots={dots}
          />
        ))}
      </div>
      {isChoosing && bar !== null && (
        <bar.SelectionBar
          notes={chosen}
          onMenu={(anchor) => openOverlay({ kind: "noteMenu", notes: chosen, anchor })}
          onGroup={() => openOverlay({ kind: "group", notes: chosen })}
          onStop={stopPicking}
        />
      )}
      {overlay !== null && over !== null && (
        <over.ListOverlays
          model={model}
          language={language}
          acts={acts}
          overlay={overlay}
          onOverlay={setOverlay}
          onEdit={edit}
          onRemove={remove}
          onDone={done}
        />
      )}
    </section>
  );
}
