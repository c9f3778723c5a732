import * as Y from "yjs";
import { notesOf } from "../../shared/board/boardDocument.ts";
import { type BoardId, createId, type NoteId, noteIdSchema, themeIdSchema } from "../../shared/board/ids.ts";
import type { Voice } from "../../shared/board/note.ts";
import { nextFreeSpot, placementAt, type ZoneId } from "../../shared/board/placement.ts";
import { BoardWriter, type NewNote } from "../../shared/board/writeBoard.ts";
import { refuse, succeed } from "../../shared/result.ts";
import { templates } from "../../shared/template/tree.ts";
import type { BoardAnswer } from "../../shared/workshop/api.ts";
import { mayDo } from "../../shared/workshop/permissions.ts";
import type { WorkshopState } from "../../shared/workshop/workshop.ts";
import type { Api } from "../sync/api.ts";
import type { Device } from "../sync/identity.ts";
import { keepOfflineCopy } from "../sync/offlineCopy.ts";
import { openRoom } from "../sync/openRoom.ts";
import { type SavedState, savedStateOf, unsavedChangesOf } from "../sync/savedState.ts";
import { createArranging } from "./arranging.ts";
import type { BoardModel, NoteThere } from "./boardModel.ts";
import { watchBoard } from "./boardView.ts";
import { editedTextOf } from "./editedText.ts";
import { createHands } from "./hands.ts";
import { watchNews } from "./news.ts";
import { createSource } from "./observable.ts";
import { createOthersWatch } from "./othersWatch.ts";
import { notesToSettle } from "./overlaps.ts";
import { createPointing } from "./pointing.ts";
import { linkPresence } from "./presence.ts";
import { watchRemovals } from "./removals.ts";
import { createSelection } from "./selection.ts";
import { createUndoSteps } from "./undoSteps.ts";
import { watchWhoIsHere } from "./whoIsHere.ts";
import { watchWriting } from "./writing.ts";

export type OpenBoardOptions = {
  readonly api: Api;
  readonly device: Device;
  readonly boardId: BoardId;
  readonly boardKey: string;
  readonly answer: BoardAnswer;
  /** This device was never here: there is no copy to wait for. */
  readonly isFirstVisit: boolean;
};

const freshMs = 8_000;
const loadExport = () => import("../../shared/export/toJson.ts");

/** Everything of one open board put together: document, offline copy, connection, views and actions. */
export function openBoard(options: OpenBoardOptions): BoardModel {
  const { api, device, boardId, boardKey, answer, isFirstVisit } = options;
  const { role } = answer;
  const group = groupIn(answer, boardId);
  const template = templates.get(group.templateId);
  if (template === undefined) throw new Error(`no template ${group.templateId}`);
  const participant = device.participant(boardId);
  const me = participant?.id ?? null;
  const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

  let clockOffset = answer.serverTime - Date.now();
  const serverNow = () => Date.now() + clockOffset;
  const doc = new Y.Doc();
  const writer = new BoardWriter({
    doc,
    now: () => Math.round(serverNow()),
    createNoteId: () => noteIdSchema.parse(createId(randomBytes)),
    actor: () => me,
  });

  const workshop = createSource<WorkshopState>(answer);
  const groupFacts = createSource(group);
  const isLoaded = createSource(false);
  const saved = createSource<SavedState>({ kind: "connecting" });
  const { whyReadOnly, mayWrite, stop: stopWatchingRights } = watchWriting({ role, doc, group: groupFacts });
  const isKept = createSource(device.isKeeping);

  const nameOf: BoardModel["nameOf"] = (id) =>
    workshop.get().participants.find((candidate) => candidate.id === id)?.name ?? null;

  const { view: board, onOthersChange, stop: stopWatching } = watchBoard(doc, me);
  const { selection, stop: stopSelection } = createSelection(board);
  const removals = watchRemovals(board, me);
  const { stop: stopNews, ...news } = watchNews({
    onOthersChange,
    // What was there when the board opened is no news.
    isNews: () => room.hasBoard(),
    me,
    now: serverNow,
  });
  const copy = keepOfflineCopy(boardId, doc, (isKeeping) => {
    isKept.set(isKeeping);
    if (isKeeping && notesOf(doc).size > 0) isLoaded.set(true);
    showSaved();
  });

  const room = openRoom({
    doc,
    boardId,
    boardKey,
    participantToken: participant?.token ?? null,
    server: location.origin.replace(/^http/, "ws"),
    copyLoaded: isFirstVisit ? Promise.resolve() : copy.settled,
    now: Date.now,
    random: Math.random,
    onConnection: showSaved,
    onWorkshopState(state) {
      clockOffset = state.serverTime - Date.now();
      device.rememberBoardAnswer(boardId, { ...state, role, boardId });
      workshop.set(state);
      const current = state.groups.find((candidate) => candidate.boardId === boardId);
      if (current !== undefined) groupFacts.set(current);
      if (current?.locked === false) room.tryRefusedAgain();
      presence.refresh();
    },
    async isStillWelcome() {
      const read = await api.readBoard(boardId, boardKey);
      return read.ok || read.error.kind !== "notFound";
    },
  });
  const presence = linkPresence({ awareness: room.awareness, me, maySpeak: mayDo(role, "write"), nameOf });
  const othersWatch = createOthersWatch(room);
  const pointing = createPointing({
    others: presence.others,
    watchOthers: othersWatch.watch,
    show: presence.show,
    mayPoint: mayDo(role, "write"),
  });
  const whoIsHere = watchWhoIsHere({ boardId, me, workshop, saved });

  function showSaved(): void {
    // The first events come while the room is still being made.
    if (room === undefined) return;
    const state = savedStateOf(room.connection(), isKept.get());
    if (!isSameState(state, saved.get())) saved.set(state);
    if (isAllHere(state)) isLoaded.set(true);
  }

  /** Nothing more will come by itself. What this device sent may be on disk before the board is here. */
  function isAllHere({ kind }: SavedState): boolean {
    if (kind === "saved" || kind === "saving" || kind === "notSavedYet") return room.hasBoard();
    return kind !== "connecting" && kind !== "closed";
  }

  const undoSteps = createUndoSteps(doc, writer);
  const { separately } = undoSteps;

  const fresh = new Map<NoteId, ReturnType<typeof setTimeout>>();
  // Moves of this device's own fresh notes out of each other's way are nobody's undo step, nor are rounds of dots.
  const quietWriter = new BoardWriter({
    doc,
    now: () => Math.round(serverNow()),
    createNoteId: () => noteIdSchema.parse(createId(randomBytes)),
    actor: () => me,
  });
  function markFresh(id: NoteId): void {
    fresh.set(
      id,
      setTimeout(() => fresh.delete(id), freshMs),
    );
  }
  function onUpdate(_update: Uint8Array, origin: unknown, __: Y.Doc, transaction: Y.Transaction): void {
    if (transaction.local || origin === writer || fresh.size === 0 || template === undefined) return;
    if (!mayWrite.get()) return;
    queueMicrotask(() => {
      const { notes } = board.get();
      for (const note of notesToSettle(new Set(fresh.keys()), notes, template.noteSize)) {
        const others = [...notes.values()].filter((other) => other.id !== note.id);
        const taken = others.map((other) => other.placement);
        quietWriter.placeNote(note.id, nextFreeSpot(note.placement.zone, taken, template, Math.random()));
      }
    });
  }
  doc.on("update", onUpdate);

  const source = participant?.kind ?? "remote";
  const placementsTaken = () => [...board.get().notes.values()].map((note) => note.placement);

  function addAll(notes: readonly NewNote[]): ReturnType<BoardModel["addNotes"]> {
    return separately(() => {
      const added = writer.addNotes(notes);
      if (added.ok) added.value.forEach(markFresh);
      return added;
    });
  }

  /** Notes that somebody put right there stay there. */
  const addNotesAt = (notes: readonly NoteThere[], voice: Voice): ReturnType<BoardModel["addNotes"]> => {
    const added = addAll(
      notes.map(({ text, topLeft }) => ({
        text,
        placement: placementAt(topLeft, template),
        voice,
        source,
      })),
    );
    if (added.ok) for (const id of added.value) fresh.delete(id);
    return added;
  };

  const { copiesOf, ...arranging } = createArranging({
    board,
    writer,
    template,
    separately,
    continuing: undoSteps.continuing,
    createThemeId: () => themeIdSchema.parse(createId(randomBytes)),
    onMoved: (ids) => {
      for (const id of ids) fresh.delete(id);
    },
  });

  return {
    boardId,
    role,
    template,
    group: groupFacts,
    workshop,
    me,
    board,
    selection,
    hands: createHands(),
    isLoaded,
    saved,
    isKept,
    others: presence.others,
    watchOthers: othersWatch.watch,
    here: whoIsHere.here,
    undoState: undoSteps.state,
    lastStep: undoSteps.last,
    pointing,
    lastRemoval: removals.lastRemoval,
    news,
    whyReadOnly,
    mayWrite,
    nameOf,
    serverNow,

    addNotes(texts: readonly string[], zone: ZoneId, voice: Voice) {
      const taken: { x: number; y: number }[] = placementsTaken();
      return addAll(
        texts.map((text) => {
          const placement = nextFreeSpot(zone, taken, template, Math.random());
          taken.push(placement);
          return { text, placement, voice, source };
        }),
      );
    },
    addNoteAt(text, topLeft, voice) {
      const added = addNotesAt([{ text, topLeft }], voice);
      if (!added.ok) return added;
      const [id] = added.value;
      if (id === undefined) throw new Error("no note was made");
      return succeed(id);
    },
    addNotesAt,
    addDrawing(drawing, topLeft, voice) {
      const placement = placementAt(topLeft, template);
      const added = addAll([{ text: "", drawing, placement, voice, source }]);
      if (!added.ok) return added;
      const [id] = added.value;
      if (id === undefined) throw new Error("no note was made");
      fresh.delete(id);
      return succeed(id);
    },
    ...arranging,
    duplicateNotes(ids, by) {
      const copies = copiesOf(ids, source, by);
      const added = addAll(copies);
      if (added.ok) for (const id of added.value) fresh.delete(id);
      return added;
    },
    giveDots(id, count) {
      if (me === null) return refuse({ kind: "unknownNote", note: id });
      return separately(() => writer.vote(id, me, count));
    },
    setVoting: (voting) => quietWriter.setVoting(voting),
    highlightNote: (id) => separately(() => writer.highlightNote(id)),
    unhighlightNote: (id) => separately(() => writer.unhighlightNote(id)),
    markVoice: (ids, voice) => separately(() => writer.markVoices(ids, voice)),
    removeNotes: (ids) => separately(() => writer.removeNotes(ids)),
    restoreNotes: (ids) => separately(() => writer.restoreNotes(ids)),
    dismissRemoval: removals.dismiss,
    undo() {
      if (mayWrite.get()) undoSteps.undo();
    },
    redo() {
      if (mayWrite.get()) undoSteps.redo();
    },
    editText: (id) => editedTextOf(writer, id),

    showPointer: (pointer) => presence.show({ pointer }),
    showDrag: (drag) => presence.show({ drag: [...drag] }),
    showEditing: (editing, caret = null) => presence.show({ editing, caret }),

    prefetchExport: () => void loadExport().catch(() => undefined),
    async exportJson({ exportedAt }) {
      // Most people on a phone never export: the code comes when somebody does.
      const { exportToJson } = await loadExport();
      return exportToJson({
        doc,
        boardId,
        state: workshop.get(),
        template,
        privacy: "pseudonymised",
        exportedAt,
        exportedBy: role,
      });
    },
    debugFigures: {
      documentBytes: () => Y.encodeStateAsUpdate(doc).byteLength,
      unsavedChanges: () => unsavedChangesOf(room.connection()),
    },
    close() {
      pointing.stop();
      othersWatch.stop();
      whoIsHere.stop();
      for (const timer of fresh.values()) clearTimeout(timer);
      removals.stop();
      stopNews();
      stopSelection();
      stopWatchingRights();
      presence.stop();
      stopWatching();
      room.close();
      copy.close();
      undoSteps.stop();
      doc.destroy();
    },
  };
}

function groupIn(answer: BoardAnswer, boardId: BoardId): BoardAnswer["groups"][number] {
  const group = answer.groups.find((candidate) => candidate.boardId === boardId);
  if (group === undefined) throw new Error("a board without its group");
  return group;
}

function isSameState(a: SavedState, b: SavedState): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
