import type { FastifyInstance } from "fastify";
import { appName, appVersion } from "../../shared/version.ts";
import type { HttpContext } from "./context.ts";

export function addHealthRoutes(server: FastifyInstance, { relay }: HttpContext): void {
  server.get("/healthz", (_request, reply) => {
    const failingForMs = relay.storeFailingForMs();
    return reply
      .code(failingForMs === null ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ status: failingForMs === null ? "ok" : "store failing", name: appName, version: appVersion });
  });

  server.get("/metrics", (_request, reply) => {
    const { rooms, members, refusals } = relay.counts();
    const lines = [
      "# HELP collaboration_tree_rooms Boards in memory.",
      "# TYPE collaboration_tree_rooms gauge",
      `collaboration_tree_rooms ${rooms}`,
      "# HELP collaboration_tree_members Open connections.",
      "# TYPE collaboration_tree_members gauge",
      `collaboration_tree_members ${members}`,
      "# HELP collaboration_tree_store_failing Whether the store is failing now.",
      "# TYPE collaboration_tree_store_failing gauge",
      `collaboration_tree_store_failing ${relay.storeFailingForMs() === null ? 0 : 1}`,
      "# HELP collaboration_tree_refusals_total What the relay refused, by reason.",
      "# TYPE collaboration_tree_refusals_total counter",
      ...[...refusals].map(
        ([reason, count]) => `collaboration_tree_refusals_total{reason="${reason}"} ${count}`,
      ),
    ];
    return reply.type("text/plain; version=0.0.4; charset=utf-8").send(`${lines.join("\n")}\n`);
  });
}
