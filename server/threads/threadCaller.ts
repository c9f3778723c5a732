import type { Worker } from "node:worker_threads";
import { z } from "zod";

/*
 * A question and its answer between two threads: methods of an object by name, plain data both ways. The other side
 * answers in the order in which it finishes.
 */

export type Question = {
  readonly id: number;
  readonly name: string;
  readonly parameters: readonly unknown[];
};

const answerSchema = z.union([
  z.object({ id: z.number(), isOk: z.literal(true), value: z.unknown() }),
  z.object({ id: z.number(), isOk: z.literal(false), message: z.string(), code: z.string().optional() }),
]);
export type Answer = z.infer<typeof answerSchema>;

/** What the other thread rejected with; `code` is that of the driver or the system, where it had one. */
export class ThreadError extends Error {
  readonly code: string | undefined;
  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

export type ThreadCaller = {
  readonly call: (name: string, parameters: readonly unknown[]) => Promise<unknown>;
  /** It ended, and answers nothing any more. */
  readonly isDead: () => boolean;
  readonly end: () => Promise<void>;
};

export function createThreadCaller(worker: Worker): ThreadCaller {
  type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let dead: Error | null = null;

  worker.on("message", (message: unknown) => {
    const answer = answerSchema.parse(message);
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (asker === undefined) return;
    if (answer.isOk) asker.resolve(answer.value);
    else asker.reject(new ThreadError(answer.message, answer.code));
  });
  const die = (error: Error) => {
    dead ??= error;
    for (const { reject } of waiting.values()) reject(dead);
    waiting.clear();
  };
  worker.on("error", die);
  worker.on("exit", (code) => die(new Error(`the thread ended with code ${code}`)));

  return {
    call: (name, parameters) =>
      new Promise((resolve, reject) => {
        if (dead !== null) return reject(dead);
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        const question: Question = { id: lastId, name, parameters };
        worker.postMessage(question);
      }),
    isDead: () => dead !== null,
    async end() {
      await worker.terminate();
    },
  };
}
