import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Rectangle, Size } from "../../shared/board/geometry.ts";
import type { Spotlight } from "../../shared/protocol/presence.ts";
import type { NoteLayouts } from "../../shared/render/noteLayout.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import { formatJoinCode } from "../../shared/workshop/joinCode.ts";
import type { CameraHandle } from "../canvas/BoardCanvas.tsx";
import { SavedBadge } from "../controls/SavedBadge.tsx";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { onFullScreenLeft } from "../ui/fullScreen.ts";
import { isTyping } from "../ui/isTyping.ts";
import { useLook } from "../ui/LookProvider.tsx";
import { useAwakeScreen } from "../ui/useAwakeScreen.ts";
import { useBackStep } from "../ui/useBackStep.ts";
import { useBox } from "../ui/useBox.ts";
import { useStirring } from "../ui/useStirring.ts";
import { type CodeSize, PresentBar } from "./PresentBar.tsx";
import { PresentCorner, type WayIn } from "./PresentCorner.tsx";
import { type PresentMove, type PresentStep, presentKey, presentSteps, stepAfter } from "./presentSteps.ts";
import { type Covered, cardHidesNote, freePlace, noteBoxes } from "./presentViews.ts";
import "./present.css";

export type PresentModeProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly camera: CameraHandle | null;
  /** The canvas, CSS pixels. */
  readonly screen: Size;
  readonly layouts: NoteLayouts;
  readonly way: WayIn | null;
  /** What of the canvas the words and the code cover now. */
  readonly onCovered: (covered: Covered) => void;
  readonly onLeave: () => void;
};

const nextCode: Readonly<Record<CodeSize, CodeSize>> = { small: "large", large: "hidden", hidden: "small" };
const spotlightRadius = 240;
const stillMs = 3_000;

/** The tree on the wall: nothing but the tree, step by step, for the back row; and still everybody's to write on. */
export function PresentMode(props: PresentModeProps) {
  const { model, language, camera, screen, layouts, onCovered, onLeave } = props;
  const { t } = useTranslation();
  const board = useObservable(model.board);
  const group = useObservable(model.group);
  const saved = useObservable(model.saved);
  const [at, setAt] = useState({ id: "tree", index: 0 });
  const [code, setCode] = useState<CodeSize>("small");
  const [isPointing, setIsPointing] = useState(false);
  const isStirring = useStirring(stillMs);
  const [head, headSize] = useBox();
  const [corner, cornerSize] = useBox();
  // Nobody comes in by the screen of a phone: there the card would only cover the tree.
  const way = useLook().room === "narrow" ? null : props.way;
  useAwakeScreen({ isOn: true });
  // A phone has no Escape.
  useBackStep(onLeave);

  const top = headSize.height;
  const free = useMemo(
    () => ({ width: Math.max(1, screen.width - 24), height: Math.max(1, screen.height - top - 12) }),
    [screen, top],
  );
  const steps = useMemo(
    () => presentSteps({ board, template: model.template, layouts, screen, free }),
    [board, model.template, layouts, screen, free],
  );
  const found = steps.findIndex(({ id }) => id === at.id);
  const index = found === -1 ? Math.min(at.index, steps.length - 1) : found;
  const step = steps[index];
  if (step === undefined) throw new Error("a presentation without steps");

  const boxes = useMemo(
    () => noteBoxes(board.notes.values(), model.template, layouts),
    [board.notes, model.template, layouts],
  );
  const place = { view: step.view, boxes, screen, top, corner: cornerSize };
  const isTucked = step.kind !== "tree" && code === "small" && cardHidesNote(place);
  const covered = freePlace({
    ...place,
    corner: step.kind === "tree" && code === "small" ? cornerSize : { width: 0, height: 0 },
  });
  useFit({ camera, screen, step, covered, onCovered });

  const what = stepWords(step);
  const stepNumber = t("wall.step", { number: index + 1, total: steps.length, what });

  function move(how: PresentMove): void {
    const next = stepAfter(steps, { id: at.id, index }, how);
    if (next !== null) go(next);
  }
  function go(next: PresentStep): void {
    setAt({ id: next.id, index: steps.indexOf(next) });
  }
  function togglePointing(): void {
    if (model.pointing.mayPoint) setIsPointing(!isPointing);
  }

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (isTyping(target) || target?.closest('[role="dialog"]') != null) return;
    const isOnButton = target?.closest("button") != null;
    if (isOnButton && (event.key === " " || event.key === "Enter")) return;
    const what = presentKey({
      key: event.key,
      hasModifier: event.ctrlKey || event.metaKey || event.altKey,
    });
    if (what === null) return;
    // A chosen note is moved by the arrows, and let go by Escape.
    const isArrow = event.key.startsWith("Arrow");
    const hasChosen = model.selection.get().size > 0 && model.mayWrite.get();
    if (hasChosen && target?.closest(".board-canvas") != null && (isArrow || what === "leave")) return;
    event.preventDefault();
    event.stopPropagation();
    if (what === "leave") onLeave();
    else if (what === "point") togglePointing();
    else move(what);
  });
  useEffect(() => {
    // Before anything else on the page: what a key means while presenting is decided here.
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    addEventListener("keydown", listener, { capture: true });
    return () => removeEventListener("keydown", listener, { capture: true });
  }, []);

  const onLeft = useEffectEvent(onLeave);
  useEffect(() => onFullScreenLeft(() => onLeft()), []);

  useEffect(() => model.pointing.present(), [model]);
  const spot = isPointing ? spotOf(step) : null;
  const spotKey = JSON.stringify(spot);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is pointed out, not the object that says it
  useEffect(() => {
    model.pointing.point(spot);
    return () => model.pointing.point(null);
  }, [model, spotKey]);
  // Beside a highlighted note others lie cut off: only that one is bright.
  const told = step.kind === "highlight" ? step.note : null;
  useEffect(() => {
    if (told === null) return;
    model.pointing.lightUp({ note: told });
    return () => model.pointing.lightUp(null);
  }, [model, told]);
  usePointerSpotlight({ model, camera, isOn: isPointing && step.kind === "tree" });

  const isBadNews = saved.kind !== "saved" && saved.kind !== "saving" && saved.kind !== "connecting";
  return (
    <div className={`present ${isStirring ? "stirring" : "still"}`}>
      <header className="present-head" ref={head}>
        <div className="present-title paper">
          <p className="present-group">
            <span dir="auto">{group.name}</span>
            <span>{t(`focus.${group.focus}`)}</span>
          </p>
          <h1>{headline(step)}</h1>
        </div>
        {isBadNews && <SavedBadge model={model} />}
        {isTucked && way !== null && way.joinCode !== null && (
          <p className="present-tucked paper">
            {location.host} <strong>{formatJoinCode(way.joinCode)}</strong>
          </p>
        )}
      </header>
      <p className="visually-hidden" role="status">
        {stepNumber}
      </p>
      {way !== null && code !== "hidden" && (
        <div className={isTucked ? "present-corner tucked" : "present-corner"} ref={corner}>
          <PresentCorner model={model} way={way} isLarge={code === "large"} />
        </div>
      )}
      <div className="present-foot">
        <PresentBar
          model={model}
          language={language}
          steps={steps}
          step={step}
          onMove={move}
          onStep={go}
          isPointing={isPointing}
          onPoint={model.pointing.mayPoint ? togglePointing : null}
          code={way === null ? null : code}
          onCode={() => setCode(nextCode[code])}
          onLeave={onLeave}
        />
      </div>
    </div>
  );

  /** Large on the wall: what we look at, and what it asks. */
  function headline(shown: PresentStep): string {
    if (shown.kind === "tree") return t("common.appName");
    if (shown.kind === "highlight") {
      return t("wall.highlightOf", { number: shown.number, total: shown.total });
    }
    const title = zoneOf(model.template, shown.zone).title[language];
    return `${title}: ${model.template.focuses[group.focus].questions[shown.zone][language]}`;
  }

  function stepWords(shown: PresentStep): string {
    if (shown.kind === "tree") return t("wall.wholeTree");
    if (shown.kind === "highlight") {
      return t("wall.highlightText", { number: shown.number, total: shown.total, text: shown.text });
    }
    const zone = zoneOf(model.template, shown.zone).title[language];
    const words = t("wall.zoneNotes", { zone, count: shown.count });
    if (shown.parts === 1) return words;
    return t("wall.zonePart", { what: words, part: shown.part, parts: shown.parts });
  }
}

type FitOptions = Pick<PresentModeProps, "camera" | "screen" | "onCovered"> & {
  readonly step: PresentStep;
  readonly covered: Covered;
};

/**
 * Looks where the step looks. Somebody who writes, or who came nearer by hand, is not pulled back while what the step
 * shows is still in sight.
 */
function useFit({ camera, screen, step, covered, onCovered }: FitOptions): void {
  const last = useRef<{ readonly key: string; readonly view: Rectangle } | null>(null);
  const { top, right, bottom, left } = covered;
  useLayoutEffect(() => onCovered({ top, right, bottom, left }), [top, right, bottom, left, onCovered]);
  useEffect(() => {
    if (camera === null || screen.width === 0) return;
    const key = [step.id, screen.width, screen.height, top, right, bottom].join();
    if (last.current?.key === key && contains(last.current.view, step.view)) return;
    last.current = { key, view: step.view };
    // The canvas hears of what is covered in the same round: after that.
    const frame = requestAnimationFrame(() => camera.fitRectangle(step.view));
    return () => cancelAnimationFrame(frame);
  }, [camera, screen, step, top, right, bottom]);
}

function contains(outer: Rectangle, inner: Rectangle): boolean {
  const slack = 30;
  return (
    inner.x >= outer.x - slack &&
    inner.y >= outer.y - slack &&
    inner.x + inner.width <= outer.x + outer.width + slack &&
    inner.y + inner.height <= outer.y + outer.height + slack
  );
}

function spotOf(step: PresentStep): Spotlight | null {
  if (step.kind === "zone") return { zone: step.zone };
  if (step.kind === "highlight") return { note: step.note };
  return null;
}

type PointerSpotlightOptions = Pick<PresentModeProps, "model" | "camera"> & { readonly isOn: boolean };

/** On the whole tree the light goes where the presenter's pointer goes. */
function usePointerSpotlight({ model, camera, isOn }: PointerSpotlightOptions): void {
  useEffect(() => {
    if (!isOn || camera === null) return;
    function onMove(event: PointerEvent): void {
      if (!(event.target instanceof Element) || event.target.closest(".board-canvas") === null) return;
      const { x, y } = camera?.toWorld({ x: event.clientX, y: event.clientY }) ?? { x: 0, y: 0 };
      model.pointing.point({ x: Math.round(x), y: Math.round(y), r: spotlightRadius });
    }
    addEventListener("pointermove", onMove);
    return () => removeEventListener("pointermove", onMove);
  }, [model, camera, isOn]);
}
