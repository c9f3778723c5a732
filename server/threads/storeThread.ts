import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { openSqlStore } from "../store/sqlStore.ts";
import { answerCalls } from "./answerCalls.ts";

/* The thread on which the store waits for the disk. */
if (parentPort === null) throw new Error("this is no program of its own");
answerCalls(parentPort, openSqlStore(z.object({ file: z.string() }).parse(workerData).file));
