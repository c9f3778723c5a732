import type { Rectangle } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { BoardModel } from "../model/boardModel.ts";
import type { Question } from "../model/hands.ts";

export type LaidTogether = {
  readonly model: BoardModel;
  /** The note that lay there, and the one that was let go over it. */
  readonly under: NoteId;
  readonly dropped: NoteId;
  readonly beside: Rectangle;
  /** The canvas: who goes on there with a hand gave the answer, too. */
  readonly element: HTMLElement;
};

/** Who takes the note up again, or opens it with a second tap, finds it where they let it go. */
const secondTapMs = 400;

/**
 * Asks whether the two are a theme. However that question goes away without one, the note comes to lie beside the
 * other, which it would hide, or under which it would be hidden.
 */
export function askForTheme({ model, under, dropped, beside, element }: LaidTogether): void {
  const question: Question = { kind: "newTheme", notes: [under, dropped], beside };
  const step = model.lastStep();
  const listening = new AbortController();
  let isPressed = false;
  const layBeside = () => {
    const note = model.board.get().notes.get(dropped);
    if (note === undefined || note.theme !== null || !model.mayWrite.get()) return;
    // It was taken up again and lies on another: it is the matter of that question now.
    const next = model.hands.question.get();
    if (next?.kind === "newTheme" && next.notes.includes(dropped)) return;
    model.layBeside(dropped, step);
  };
  const listen = (type: "pointerdown" | "pointerup" | "pointercancel", isDown: boolean) =>
    window.addEventListener(
      type,
      ({ target }) => {
        isPressed = isDown && target instanceof Node && element.contains(target);
      },
      { capture: true, signal: listening.signal },
    );
  // Before the question hears of it and closes itself.
  listen("pointerdown", true);
  listen("pointerup", false);
  listen("pointercancel", false);
  model.hands.ask(question);
  const stop = model.hands.question.subscribe(() => {
    if (model.hands.question.get() === question) return;
    stop();
    listening.abort();
    if (isPressed) afterHand(layBeside);
    else layBeside();
  });
}

function afterHand(run: () => void): void {
  const stop = new AbortController();
  const onUp = () => {
    stop.abort();
    setTimeout(run, secondTapMs);
  };
  for (const end of ["pointerup", "pointercancel"] as const)
    window.addEventListener(end, onUp, { capture: true, signal: stop.signal });
}
