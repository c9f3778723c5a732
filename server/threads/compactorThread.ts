import { parentPort } from "node:worker_threads";
import { compactBoard } from "../relay/compactor.ts";
import { answerCalls } from "./answerCalls.ts";

/* The thread on which large boards are made small. */
if (parentPort === null) throw new Error("this is no program of its own");
answerCalls(
  parentPort,
  Promise.resolve({ compact: async (stored: Parameters<typeof compactBoard>[0]) => compactBoard(stored) }),
);
