import type { FastifyInstance } from "fastify";
import { appName, appVersion } from "../../shared/version.ts";
import type { HttpContext } from "./context.ts";

export function addHealthRoutes(server: FastifyInstance, { relay, metrics }: HttpContext): void {
  server.get("/healthz", (_request, reply) => {
    const failingForMs = relay.storeFailingForMs();
    return reply
      .code(failingForMs === null ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ status: failingForMs === null ? "ok" : "store failing", name: appName, version: appVersion });
  });

  server.get("/metrics", async (_request, reply) =>
    reply
      .type(metrics.contentType)
      .header("cache-control", "no-store")
      .send(await metrics.text()),
  );
}
