import { centreOf } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import { type Note, voices } from "../../shared/board/note.ts";
import { zoneIds } from "../../shared/board/placement.ts";
import type { WriteError } from "../../shared/board/writeBoard.ts";
import type { Result } from "../../shared/result.ts";
import type { ActionModel, BoardAction } from "./boardAction.ts";
import { htmlOfNotes, textOfNotes } from "./copiedNotes.ts";
import { keptTogether } from "./keptTogether.ts";

/* What can be done with the notes that are selected. */

/** More than this at once is asked about first. */
const mostRemovedUnasked = 3;

/** In reading order, so that what is copied reads as it lies. */
export function selectedNotes(model: ActionModel): readonly Note[] {
  const { notes } = model.board.get();
  return [...model.selection.get()].flatMap((id) => notes.get(id) ?? []);
}

const selectedIds = (model: ActionModel): readonly NoteId[] => [...model.selection.get()];
const hasSelection = (model: ActionModel) => model.selection.get().size > 0;
const mayChange = (model: ActionModel) => hasSelection(model) && model.mayWrite.get();
const onlyOne = (model: ActionModel): Note | null => {
  const [note, ...others] = selectedNotes(model);
  return note !== undefined && others.length === 0 ? note : null;
};

/** A refusal becomes a sentence on this screen. */
export function told<T>(model: ActionModel, result: Result<T, WriteError>): Result<T, WriteError> {
  if (!result.ok) model.hands.tell({ kind: "refused", error: result.error });
  return result;
}

/** Whether this person may give dots now, and how many are left. */
export function dotsLeft(model: ActionModel): number | null {
  const { voting, ownDots } = model.board.get();
  if (voting?.phase !== "open" || model.me === null || !model.mayWrite.get()) return null;
  return voting.dots - [...ownDots.values()].reduce((sum, count) => sum + count, 0);
}

/** One note is selected, and this person may give it dots. */
export const isGivingDots = (model: ActionModel) => onlyOne(model) !== null && dotsLeft(model) !== null;

function nudgeSelected(model: ActionModel, dx: number, dy: number): void {
  const notes = selectedNotes(model);
  const by = keptTogether(notes, { x: dx, y: dy });
  told(
    model,
    model.moveNotes(
      notes.map(({ id, placement: { x, y } }) => ({ note: id, topLeft: { x: x + by.x, y: y + by.y } })),
    ),
  );
}

export function removeSelected(model: ActionModel): void {
  const notes = selectedIds(model);
  if (notes.length > mostRemovedUnasked) model.hands.ask({ kind: "removal", notes });
  else told(model, model.removeNotes(notes));
}

function copySelected(model: ActionModel): void {
  const notes = selectedNotes(model);
  const text = textOfNotes(notes);
  const done = () => model.hands.tell({ kind: "copied", count: notes.length });
  const failed = () => model.hands.tell({ kind: "cannotCopy" });
  model.hands.keepCopied({ text, notes: notes.map(({ id }) => id) });
  // Over plain http there is no clipboard to ask; Ctrl+C works there.
  if (navigator.clipboard === undefined) {
    failed();
    return;
  }
  const blob = (type: string, part: string) => new Blob([part], { type });
  const item = new ClipboardItem({
    "text/plain": blob("text/plain", text),
    "text/html": blob("text/html", htmlOfNotes(notes)),
  });
  navigator.clipboard.write([item]).then(done, failed);
}

const nudges = [
  ["ArrowLeft", -1, 0],
  ["ArrowRight", 1, 0],
  ["ArrowUp", 0, -1],
  ["ArrowDown", 0, 1],
] as const;
const nudgeSteps = [
  ["", 10],
  ["Shift+", 50],
] as const;

const nudgeActions: readonly BoardAction[] = nudgeSteps.flatMap(([shift, step]) =>
  nudges.map(
    ([key, x, y]): BoardAction => ({
      id: `nudge.${shift}${key}`,
      group: "notes",
      name: { key: "shortcuts.nudge" },
      keys: [`${shift}${key}`],
      isAvailable: mayChange,
      run: (model) => nudgeSelected(model, x * step, y * step),
    }),
  ),
);

/** Where one begins by keyboard: the next arrow moves that note. */
const chooseMiddle: BoardAction = {
  id: "nudge.choose",
  group: "notes",
  name: { key: "shortcuts.chooseMiddle" },
  keys: nudges.map(([key]) => key),
  isAvailable: (model) =>
    !hasSelection(model) && model.hands.tree.get() !== null && model.board.get().notes.size > 0,
  run(model) {
    const middle = model.hands.tree.get()?.middle();
    if (middle === undefined) return;
    const distance = ({ placement }: Note) => {
      const { x, y } = centreOf({ ...placement, ...model.template.noteSize });
      return Math.hypot(x - middle.x, y - middle.y);
    };
    const [first, ...others] = model.board.get().notes.values();
    if (first === undefined) return;
    const nearest = others.reduce((best, note) => (distance(note) < distance(best) ? note : best), first);
    model.selection.set([nearest.id]);
  },
};

export const noteActions: readonly BoardAction[] = [
  {
    id: "edit",
    group: "notes",
    name: { key: "list.edit" },
    keys: ["Enter", "F2"],
    isAvailable: (model) =>
      onlyOne(model) !== null && model.mayWrite.get() && model.hands.tree.get() !== null,
    run(model) {
      const note = onlyOne(model);
      if (note !== null) model.hands.tree.get()?.openEditor(note.id);
    },
  },
  ...voices.map(
    (voice): BoardAction => ({
      id: `voice.${voice}`,
      group: "notes",
      name: { key: `hands.voice.${voice}` },
      keys: [],
      isAvailable: mayChange,
      run: (model) => told(model, model.markVoice(selectedIds(model), voice)),
    }),
  ),
  ...zoneIds.map(
    (zone): BoardAction => ({
      id: `moveTo.${zone}`,
      group: "notes",
      name: { key: zone === "unplaced" ? "list.moveBeside" : "list.moveTo", zone },
      keys: [],
      isAvailable: (model) =>
        mayChange(model) && selectedNotes(model).some(({ placement }) => placement.zone !== zone),
      run: (model) =>
        told(
          model,
          model.moveNotesToZone(
            selectedNotes(model)
              .filter(({ placement }) => placement.zone !== zone)
              .map(({ id }) => id),
            zone,
          ),
        ),
    }),
  ),
  {
    id: "highlight",
    group: "notes",
    name: { key: "list.highlight" },
    keys: ["h"],
    isAvailable: (model) =>
      mayChange(model) && selectedNotes(model).some(({ highlight }) => highlight === null),
    run(model) {
      for (const { id, highlight } of selectedNotes(model)) {
        if (highlight === null && !told(model, model.highlightNote(id)).ok) return;
      }
    },
  },
  {
    id: "unhighlight",
    group: "notes",
    name: { key: "list.unhighlight" },
    keys: ["h"],
    isAvailable: (model) =>
      mayChange(model) && selectedNotes(model).every(({ highlight }) => highlight !== null),
    run(model) {
      for (const { id } of selectedNotes(model)) told(model, model.unhighlightNote(id));
    },
  },
  {
    id: "addDot",
    group: "dots",
    name: { key: "list.giveDot" },
    keys: ["+", "=", "."],
    isAvailable: isGivingDots,
    run(model) {
      const note = onlyOne(model);
      if (note !== null) changeDots(model, note.id, 1);
    },
  },
  {
    id: "takeDot",
    group: "dots",
    name: { key: "list.takeDot" },
    keys: ["-", "_", ","],
    isAvailable(model) {
      const note = onlyOne(model);
      return note !== null && isGivingDots(model) && (model.board.get().ownDots.get(note.id) ?? 0) > 0;
    },
    run(model) {
      const note = onlyOne(model);
      if (note !== null) changeDots(model, note.id, -1);
    },
  },
  {
    id: "duplicate",
    group: "notes",
    name: { key: "list.duplicate" },
    keys: ["Ctrl+d"],
    isAvailable: mayChange,
    run(model) {
      const made = told(model, model.duplicateNotes(selectedIds(model)));
      if (made.ok) model.selection.set(made.value);
    },
  },
  {
    // The keys of copying and pasting belong to the browser, which then hands over its clipboard.
    id: "copy",
    group: "notes",
    name: { key: "hands.copyText" },
    keys: [],
    isAvailable: hasSelection,
    run: copySelected,
  },
  {
    id: "remove",
    group: "notes",
    name: { key: "common.remove" },
    keys: ["Delete", "Backspace"],
    isDanger: true,
    isAvailable: mayChange,
    run: removeSelected,
  },
  chooseMiddle,
  ...nudgeActions,
];

function changeDots(model: ActionModel, note: NoteId, by: 1 | -1): void {
  const now = model.board.get().ownDots.get(note) ?? 0;
  told(model, model.giveDots(note, now + by));
}
