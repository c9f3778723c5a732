import type { FastifyInstance } from "fastify";
import { sendProblem } from "./problems.ts";

/** Every address that `addRoutes` adds answers all methods that it does not take with 405 and those that it does. */
export async function withOtherMethods(server: FastifyInstance, addRoutes: () => void): Promise<void> {
  const taken = new Map<string, Set<string>>();
  let isAdding = true;
  server.addHook("onRoute", ({ url, method }) => {
    if (!isAdding) return;
    const methods = taken.get(url) ?? new Set();
    for (const name of [method].flat()) methods.add(name);
    taken.set(url, methods);
  });
  addRoutes();
  // Those in a context of their own come only now.
  await server.after();
  isAdding = false;

  for (const [url, methods] of taken) {
    const allow = [...methods].sort().join(", ");
    server.route({
      url,
      method: server.supportedMethods.filter((name) => !methods.has(name)),
      // Before the body is read: whatever it is, it is not for here.
      onRequest: async (_request, reply) => sendProblem(reply.header("allow", allow), "method-not-allowed"),
      handler: () => undefined,
    });
  }
}
