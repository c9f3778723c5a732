import { parentPort } from "node:worker_threads";
import type { PictureInput } from "../../shared/render/boardPicture.ts";
import { boardToSvg } from "../../shared/render/boardSvg.ts";
import { hyphenationOf } from "../../shared/render/hyphenation.ts";
import { answerCalls } from "./answerCalls.ts";

/* The thread on which pictures of boards are drawn. */
if (parentPort === null) throw new Error("this is no program of its own");
answerCalls(
  parentPort,
  Promise.resolve({
    draw: async (input: PictureInput) => boardToSvg(input, await hyphenationOf(input.noteLanguage)),
  }),
);
