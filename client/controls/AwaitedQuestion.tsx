import { useEffect } from "react";
import type { BoardModel } from "../model/boardModel.ts";
import type { Question } from "../model/hands.ts";
import { useObservable } from "../model/useObservable.ts";
import { HeldKeys } from "../ui/HeldKeys.tsx";

/**
 * Stands where a question will be while its code is on its way. The name of a theme is asked for beside everything
 * else: who goes on with the board meanwhile gave the answer, and what comes late must not take the keyboard from them.
 * Everything else somebody asked for: what they type meanwhile is for that.
 */
export function AwaitedQuestion({ model }: { readonly model: BoardModel }) {
  const question = useObservable(model.hands.question);

  useEffect(() => {
    if (question === null || !isAskedBeside(question)) return;
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

  if (question === null || isAskedBeside(question)) return null;
  const onEscape = () => {
    model.hands.answered(question);
    if (question.kind === "paste") model.hands.tell({ kind: "notPasted" });
  };
  if (question.kind !== "palette") return <HeldKeys onEscape={onEscape} />;
  const { typed = "" } = question;
  return (
    <HeldKeys
      onEscape={onEscape}
      onTyped={(key) => {
        model.hands.ask({ kind: "palette", typed: key === "Backspace" ? typed.slice(0, -1) : typed + key });
      }}
    />
  );
}

function isAskedBeside({ kind }: Question): boolean {
  return kind === "newTheme" || kind === "themeName";
}
