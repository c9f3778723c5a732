import { useEffect } from "react";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";

/**
 * Stands where a question will be while its code is on its way. The name of a theme is asked for beside everything
 * else: who goes on with the board meanwhile gave the answer, and what comes late must not take the keyboard from them.
 */
export function AwaitedQuestion({ model }: { readonly model: BoardModel }) {
  const question = useObservable(model.hands.question);

  useEffect(() => {
    if (question?.kind !== "newTheme" && question?.kind !== "themeName") return;
    function onPointerDown({ target }: PointerEvent): void {
      if (target instanceof Element && target.closest(".board-canvas") !== null) goOn();
    }
    function goOn(): void {
      if (question !== null) model.hands.answered(question);
    }
    document.addEventListener("pointerdown", onPointerDown, { capture: true });
    document.addEventListener("keydown", goOn, { capture: true });
    return () => {
      document.removeEventListener("pointerdown", onPointerDown, { capture: true });
      document.removeEventListener("keydown", goOn, { capture: true });
    };
  }, [question, model]);

  return null;
}
