/*
 * Put into every page before anything of its own: when the board can be used, how long frames take, and one way to ask
 * every product for its camera and its notes. `window.benchSetup` says how many notes are to come.
 */
window.benchProbe = (() => {
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  let ours = null;
  /** This product offers a handle for programs; the pages of the others put a `benchBoard` there. */
  function ourBoard() {
    const handle = window.collaborationTreeDebug;
    const canvas = document.querySelector('[data-testid="board-canvas"]');
    if (handle === undefined || canvas === null) return null;
    if (ours?.handle === handle) return ours;
    const { x, y } = canvas.getBoundingClientRect();
    ours = {
      handle,
      camera() {
        const camera = handle.camera();
        return { scale: camera.scale, x: camera.x + x, y: camera.y + y };
      },
      noteCount: () => Number(canvas.dataset.noteCount),
      placeOf(id) {
        const found = handle.note(id);
        if (found === null) return null;
        const camera = handle.camera();
        return { x: (found.rect.x - camera.x) / camera.scale, y: (found.rect.y - camera.y) / camera.scale };
      },
    };
    return ours;
  }

  const board = () => window.benchBoard ?? ourBoard();
  const middle = () => ({ x: innerWidth / 2, y: innerHeight / 2 });

  function panBy(dx, dy) {
    const { x: clientX, y: clientY } = middle();
    const at = { clientX, clientY, deltaX: dx, deltaY: dy, bubbles: true, cancelable: true };
    document.elementFromPoint(clientX, clientY)?.dispatchEvent(new WheelEvent("wheel", at));
  }

  const isSame = (a, b) => a.scale === b.scale && Math.abs(a.x - b.x) + Math.abs(a.y - b.y) < 1;

  /** Milliseconds from the start of the navigation until all notes were there, and until a pan was on the screen. */
  async function ready() {
    const { notes } = window.benchSetup;
    while ((board()?.noteCount() ?? 0) < notes) await nextFrame();
    const loadedMs = performance.now();
    const before = board().camera();
    let askedAt = Number.NEGATIVE_INFINITY;
    while (isSame(before, board().camera())) {
      if (performance.now() - askedAt > 100) {
        askedAt = performance.now();
        panBy(24, 16);
      }
      await nextFrame();
    }
    await nextFrame();
    await nextFrame();
    return { loadedMs, readyMs: performance.now() };
  }
  const whenReady = new Promise((resolve) => {
    addEventListener("DOMContentLoaded", () => resolve(ready()));
  });

  /** Resolves when frames come at their own pace again, or after ten seconds. */
  async function rest() {
    const start = performance.now();
    let quick = 0;
    let last = await nextFrame();
    while (quick < 10 && performance.now() - start < 10_000) {
      const now = await nextFrame();
      quick = now - last < 20 ? quick + 1 : 0;
      last = now;
    }
  }

  let frames = [];
  let cameras = [];
  let isRecording = false;
  function record(now) {
    if (!isRecording) return;
    frames.push(now);
    cameras.push(board().camera());
    requestAnimationFrame(record);
  }
  function startFrames() {
    frames = [];
    cameras = [];
    isRecording = true;
    requestAnimationFrame(record);
  }
  /** Times of all frames, with the one that was under way, and where the camera was. */
  async function stopFrames() {
    frames.push(await nextFrame());
    isRecording = false;
    return { times: [...new Set(frames)].sort((a, b) => a - b), cameras };
  }

  let timer = null;
  /** `ticks` is a list of lists of moves: one list each `everyMs`, over and over. */
  function startMoves(ticks, everyMs) {
    let tick = 0;
    timer = setInterval(() => {
      board().move(ticks[tick % ticks.length]);
      tick += 1;
    }, everyMs);
  }
  function stopMoves() {
    clearInterval(timer);
  }

  return {
    whenReady,
    rest,
    startFrames,
    stopFrames,
    startMoves,
    stopMoves,
    camera: () => board().camera(),
    placeOf: (id) => board().placeOf(id),
    aim: (target) => board().aim?.(target) ?? false,
    move: (moves) => board().move(moves),
  };
})();
