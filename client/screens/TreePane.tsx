import { lazy, Suspense, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { boundsOf, type Rectangle, type Size } from "../../shared/board/geometry.ts";
import type { Voice } from "../../shared/board/note.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import type { Spotlight } from "../../shared/protocol/presence.ts";
import type { NoteLayouts } from "../../shared/render/noteLayout.ts";
import type { Hyphenate } from "../../shared/render/textLayout.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import { BoardCanvas, type CameraHandle } from "../canvas/BoardCanvas.tsx";
import type { BoardModel } from "../model/boardModel.ts";
import { createSource, type Observable } from "../model/observable.ts";
import { useObservable } from "../model/useObservable.ts";
import { Beside } from "../ui/Beside.tsx";
import { useLook } from "../ui/LookProvider.tsx";
import { Optional } from "../ui/Optional.tsx";
import { useBox } from "../ui/useBox.ts";
import { CameraTools } from "./CameraTools.tsx";
import type { WayIn } from "./PresentCorner.tsx";
import { PresentMode } from "./PresentMode.tsx";
import { type Covered, createRoughLayouts, noteBoxes, zoneViews } from "./presentViews.ts";
import { TreeOpening } from "./TreeOpening.tsx";
import { VotingPlace } from "./VotingPlace.tsx";

const NoteActions = lazy(async () => ({
  default: (await import("../controls/NoteActions.tsx")).NoteActions,
}));

const nothing = createSource(0);
/** CSS pixels around the tools of the camera. */
const toolsGap = 8;

export type TreePaneProps = {
  readonly model: BoardModel;
  readonly language: Language;
  /** How long words of the notes are broken. */
  readonly hyphenate: Hyphenate;
  /** The voice of a note that is made right on the tree. */
  readonly voice: Voice;
  /** CSS pixels of the canvas that head and foot of the board cover; null when they lie beside it. */
  readonly covered: { readonly top: Observable<number>; readonly bottom: Observable<number> } | null;
  /** What a presentation shows of how to come in; null while nobody presents. */
  readonly presenting: { readonly way: WayIn | null; readonly onLeave: () => void } | null;
};

/** The tree with what floats on it: tools of the camera, what to do with a note, and the presentation. */
export function TreePane({ model, language, hyphenate, voice, presenting, ...props }: TreePaneProps) {
  const covered = {
    top: useObservable(props.covered?.top ?? nothing),
    bottom: useObservable(props.covered?.bottom ?? nothing),
  };
  const mayWrite = useObservable(model.mayWrite);
  const selection = useObservable(model.selection);
  const { shown: look } = useLook();
  const [camera, setCamera] = useState<CameraHandle | null>(null);
  const [selectedAt, setSelectedAt] = useState<Rectangle | null>(null);
  const [coveredByPresenting, setCoveredByPresenting] = useState<Covered | null>(null);
  const [pane, screen] = useBox();
  const [tools, toolsSize] = useBox();
  const layouts = useMemo(() => createRoughLayouts(model.template), [model.template]);
  const isPresenting = presenting !== null;
  const shape = screen.width < screen.height ? "row" : "column";
  const insets =
    isPresenting && coveredByPresenting !== null ? coveredByPresenting : beside(covered, toolsSize, shape);

  const viewOfZone = (zone: ZoneId): Rectangle => {
    const free = {
      width: screen.width - insets.left - insets.right - 24,
      height: screen.height - insets.top - insets.bottom,
    };
    const notes = model.board.get().notesByZone[zone];
    const [first] = zoneViews({ notes, zone, template: model.template, layouts, screen, free });
    return first ?? boundsOf(zoneOf(model.template, zone).outline);
  };
  useFollow({ model, camera, layouts });

  // Whoever comes back from presenting has the whole tree again, between the tools that are back too.
  const wasPresenting = useRef(false);
  useEffect(() => {
    if (wasPresenting.current && !isPresenting) {
      setCoveredByPresenting(null);
      const frame = requestAnimationFrame(() => camera?.fit());
      wasPresenting.current = false;
      return () => cancelAnimationFrame(frame);
    }
    wasPresenting.current = isPresenting;
  }, [isPresenting, camera]);
  const onCovered = useCallback((next: Covered) => setCoveredByPresenting(next), []);

  return (
    <div className="tree-pane" ref={pane}>
      {/* Below the canvas, for as long as nothing is painted on it. */}
      <TreeOpening focus={model.group.get().focus} />
      <BoardCanvas
        model={model}
        language={language}
        look={look}
        hyphenate={hyphenate}
        viewOfZone={viewOfZone}
        onSelectedAt={setSelectedAt}
        voice={voice}
        insets={insets}
        onReady={setCamera}
      />
      <VotingPlace
        model={model}
        coveredTop={isPresenting ? null : covered.top}
        isSpoken={props.covered !== null}
      />
      {!isPresenting && (
        <CameraTools model={model} language={language} camera={camera} shape={shape} measure={tools} />
      )}
      {/* A boundary of its own: while these arrive, the tree and whoever types on it must not blink. */}
      <Suspense>
        {selection.size > 0 && selectedAt !== null && mayWrite && (
          <Beside at={selectedAt} covered={insets}>
            <Optional>
              <NoteActions model={model} language={language} />
            </Optional>
          </Beside>
        )}
      </Suspense>
      {isPresenting && (
        <PresentMode
          model={model}
          language={language}
          camera={camera}
          screen={screen}
          layouts={layouts}
          way={presenting.way}
          onCovered={onCovered}
          onLeave={presenting.onLeave}
        />
      )}
    </div>
  );
}

/** What stays of the tree between head, foot and tools, which lie at the end of a line or below. */
function beside(covered: Pick<Covered, "top" | "bottom">, tools: Size, shape: "row" | "column"): Covered {
  const { top, bottom } = covered;
  if (shape === "row") return { top, right: 0, bottom: bottom + tools.height + toolsGap, left: 0 };
  const width = tools.width === 0 ? 0 : tools.width + 2 * toolsGap;
  const isToTheLeft = document.documentElement.dir === "rtl";
  return { top, right: isToTheLeft ? 0 : width, bottom, left: isToTheLeft ? width : 0 };
}

type FollowOptions = {
  readonly model: BoardModel;
  readonly camera: CameraHandle | null;
  readonly layouts: NoteLayouts;
};

/** Goes where somebody points, for whoever said to follow; never by itself. */
function useFollow({ model, camera, layouts }: FollowOptions): void {
  const shown = useObservable(model.pointing.shown);
  const followed = useObservable(model.pointing.followed);
  const spotlight = shown?.by != null && shown.by.clientId === followed ? shown.spotlight : null;
  const goTo = useEffectEvent((target: Spotlight) => {
    if ("zone" in target) return camera?.zoomToZone(target.zone);
    const view = viewOf(target, model, layouts);
    if (view !== null) camera?.fitRectangle(view);
  });
  useEffect(() => {
    if (spotlight !== null) goTo(spotlight);
  }, [spotlight]);
}

function viewOf(
  spotlight: Exclude<Spotlight, { readonly zone: ZoneId }>,
  model: BoardModel,
  layouts: NoteLayouts,
): Rectangle | null {
  if ("note" in spotlight) {
    const note = model.board.get().notes.get(spotlight.note);
    if (note === undefined) return null;
    const [box] = noteBoxes([note], model.template, layouts);
    if (box === undefined) return null;
    const { x, y, width, height } = box;
    return { x: x - width, y: y - height, width: width * 3, height: height * 3 };
  }
  // A light that moves about is not chased: its surroundings stay in sight.
  const reach = Math.max(spotlight.r * 3, 900);
  return { x: spotlight.x - reach, y: spotlight.y - reach, width: 2 * reach, height: 2 * reach };
}
