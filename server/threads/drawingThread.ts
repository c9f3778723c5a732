import { parentPort } from "node:worker_threads";
import { boardToSvg } from "../../shared/render/boardSvg.ts";
import { answerCalls } from "./answerCalls.ts";

/* The thread on which pictures of boards are drawn. */
if (parentPort === null) throw new Error("this is no program of its own");
answerCalls(
  parentPort,
  Promise.resolve({ draw: async (input: Parameters<typeof boardToSvg>[0]) => boardToSvg(input) }),
);
