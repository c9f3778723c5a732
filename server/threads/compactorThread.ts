import { constants, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { compactBoard } from "../relay/compactor.ts";
import { answerCalls } from "./answerCalls.ts";

/* The thread on which large boards are made small. */
if (parentPort === null) throw new Error("this is no program of its own");
// On Linux this is of the calling thread alone: a small host has one core, and there changes come before snapshots.
if (process.platform === "linux") setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
answerCalls(
  parentPort,
  Promise.resolve({ compact: async (stored: Parameters<typeof compactBoard>[0]) => compactBoard(stored) }),
);
