import { once } from "node:events";
import { WebSocket } from "ws";
import { z } from "zod";

/*
 * Looks into a server process from outside, over the inspector protocol that Node itself offers: what is still alive
 * after a collection, without a line of the product for it.
 */

export type Inspector = {
  /** A full collection, twice: what only a finaliser held goes with the second. */
  readonly collectGarbage: () => Promise<void>;
  /** Timers that will still run, also those that keep no process alive and so are in no metric: wait and name. */
  readonly timers: () => Promise<readonly string[]>;
  /** TCP sockets that are not destroyed, pipes of the process itself among them. */
  readonly countSockets: () => Promise<number>;
  readonly close: () => void;
};

const answerSchema = z.object({
  id: z.number(),
  error: z.object({ message: z.string() }).optional(),
  result: z.unknown(),
});
const objectSchema = z.object({ result: z.object({ objectId: z.string() }) });
const objectsSchema = z.object({ objects: z.object({ objectId: z.string() }) });
const textsSchema = z.object({ result: z.object({ value: z.array(z.string()) }) });

const timerPrototype = `(() => {
  const timer = setTimeout(() => {}, 0);
  clearTimeout(timer);
  return Object.getPrototypeOf(timer);
})()`;
const socketPrototype = `process.getBuiltinModule("node:net").Socket.prototype`;

export async function openInspector(url: string): Promise<Inspector> {
  const socket = new WebSocket(url);
  const waiting = new Map<number, (answer: z.infer<typeof answerSchema>) => void>();
  let asked = 0;
  socket.on("message", (data) => {
    const answer = answerSchema.safeParse(JSON.parse(data.toString()));
    // What is not an answer is an event that nobody asked for.
    if (!answer.success) return;
    waiting.get(answer.data.id)?.(answer.data);
    waiting.delete(answer.data.id);
  });
  await once(socket, "open");

  async function ask<T>(method: string, params: object, schema: z.ZodType<T>): Promise<T> {
    asked += 1;
    const id = asked;
    const answer = await new Promise<z.infer<typeof answerSchema>>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
    return schema.parse(answer.result);
  }

  /** All objects with this prototype that are alive, each in a word; both given as source text. */
  async function list(prototype: string, isAlive: string, word: string): Promise<readonly string[]> {
    const group = "listing";
    const found = await ask("Runtime.evaluate", { expression: prototype, objectGroup: group }, objectSchema);
    const { objects } = await ask(
      "Runtime.queryObjects",
      { prototypeObjectId: found.result.objectId, objectGroup: group },
      objectsSchema,
    );
    const { result } = await ask(
      "Runtime.callFunctionOn",
      {
        objectId: objects.objectId,
        functionDeclaration: `function () { return this.filter((it) => ${isAlive}).map((it) => ${word}); }`,
        returnByValue: true,
      },
      textsSchema,
    );
    await ask("Runtime.releaseObjectGroup", { objectGroup: group }, z.unknown());
    return result.value;
  }

  return {
    async collectGarbage() {
      for (let round = 0; round < 2; round += 1) {
        await ask("HeapProfiler.collectGarbage", {}, z.unknown());
      }
    },
    timers: () =>
      list(
        timerPrototype,
        "it._destroyed === false",
        "it._idleTimeout + ' ms ' + (it._onTimeout?.name || String(it._onTimeout).slice(0, 60))",
      ),
    countSockets: async () => (await list(socketPrototype, "it.destroyed === false", "''")).length,
    close: () => socket.close(),
  };
}
