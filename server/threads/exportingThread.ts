import { randomBytes } from "node:crypto";
import { parentPort } from "node:worker_threads";
import type { JsonQuestion, PictureQuestion } from "../exporting/exporter.ts";
import { jsonOf, readUpload, svgOf } from "../exporting/exportWork.ts";
import { answerCalls } from "./answerCalls.ts";

/* The thread on which exports are written and read. */
if (parentPort === null) throw new Error("this is no program of its own");
answerCalls(
  parentPort,
  Promise.resolve({
    json: async (question: JsonQuestion) => jsonOf(question),
    svg: async (question: PictureQuestion) => svgOf(question),
    read: async (file: Uint8Array) => readUpload(file, { randomBytes }),
  }),
);
