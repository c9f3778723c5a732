import type { BoardModel } from "../model/boardModel.ts";
import type { FrameMeter } from "./frameMeter.ts";

const showEveryMs = 500;
/** Taking the size of a document of five thousand notes costs several frames: it is done when nothing changed for a while. */
const calmMs = 2_000;

/** Frame times, size of the document and what waits to be saved, in a corner; for programmers, so in one language. */
export function showDebugOverlay({
  model,
  meter,
}: {
  readonly model: BoardModel;
  readonly meter: FrameMeter;
}): () => void {
  const box = document.createElement("pre");
  box.className = "debug-overlay";
  box.setAttribute("aria-hidden", "true");
  document.body.append(box);
  let asked = requestAnimationFrame(onFrame);
  let shownAt = 0;
  let documentBytes: number | null = null;
  let changedAt: number | null = performance.now();
  const unsubscribe = model.board.subscribe(() => {
    changedAt = performance.now();
  });

  function onFrame(now: number): void {
    asked = requestAnimationFrame(onFrame);
    meter.frame(now);
    if (now - shownAt < showEveryMs) return;
    shownAt = now;
    if (changedAt !== null && now - changedAt >= calmMs) {
      changedAt = null;
      documentBytes = model.debugFigures.documentBytes();
    }
    const size = documentBytes === null ? "…" : (documentBytes / 1000).toFixed(0);
    const { perSecond, p95Ms, workP95Ms } = meter.figures();
    box.textContent = [
      `${perSecond.toFixed(0)} fps, p95 ${p95Ms.toFixed(1)} ms, work p95 ${workP95Ms.toFixed(1)} ms`,
      `document ${size} kB, ${model.board.get().notes.size} notes`,
      `unsaved ${model.debugFigures.unsavedChanges()}`,
    ].join("\n");
  }

  return () => {
    cancelAnimationFrame(asked);
    unsubscribe();
    box.remove();
  };
}
