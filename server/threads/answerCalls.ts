import type { MessagePort } from "node:worker_threads";
import { z } from "zod";
import type { Answer } from "./threadCaller.ts";

const questionSchema = z.object({ id: z.number(), name: z.string(), parameters: z.array(z.unknown()) });

export type Method = (...parameters: never[]) => Promise<unknown>;

/** The other end of `createThreadCaller`: answers with the methods of an object that may still be on its way. */
export function answerCalls(port: MessagePort, methods: Promise<Readonly<Record<string, Method>>>): void {
  async function answer(message: unknown): Promise<Answer> {
    const { id, name, parameters } = questionSchema.parse(message);
    try {
      const method = (await methods)[name];
      if (method === undefined) throw new Error(`no method ${name}`);
      // The caller's types are those of the object: this is the one place where they pass through `unknown`.
      const call = method as (...parameters: unknown[]) => Promise<unknown>;
      return { id, isOk: true, value: await call(...parameters) };
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
      const message = error instanceof Error ? error.message : String(error);
      return { id, isOk: false, message, ...(code === undefined ? {} : { code }) };
    }
  }
  // Whoever asks hears why there are none; that nobody has asked yet is no reason to end this thread.
  methods.catch(() => undefined);
  port.on("message", (message: unknown) => {
    // `answer` catches whatever a method throws; a message that is no question is a bug and ends the thread.
    void answer(message).then((reply) => port.postMessage(reply));
  });
}
