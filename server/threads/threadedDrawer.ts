import { z } from "zod";
import type { PictureInput } from "../../shared/render/boardPicture.ts";
import { createWorkThread } from "./workThread.ts";

/** The drawer of the HTTP server on a thread: laying out hundreds of notes must hold up nobody's cursor. */
export function createThreadedDrawer() {
  const thread = createWorkThread("drawingThread", "whileThereIsWork");
  return {
    draw: async (input: PictureInput): Promise<string> =>
      z.string().parse(await thread.call("draw", [{ ...input, notes: [...input.notes] }])),
    close: thread.close,
  };
}
