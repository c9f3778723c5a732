import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { HttpContext } from "./context.ts";

/** The built client: hashed files for ever, the one page never from a cache without asking. */
export async function addPageRoutes(server: FastifyInstance, { settings, log }: HttpContext): Promise<void> {
  const root = resolve(settings.clientDir);
  const indexFile = join(root, "index.html");
  if (!existsSync(indexFile)) {
    log.warn("no built client: only the interfaces are served");
    return;
  }
  const page = readFileSync(indexFile, "utf8");
  await server.register(fastifyStatic, {
    root,
    index: false,
    preCompressed: true,
    wildcard: false,
    // Otherwise the plugin writes its own header over ours.
    cacheControl: false,
    setHeaders(response, path) {
      const isHashed = path.includes("/assets/");
      response.setHeader("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  for (const path of ["/", "/board/:id", "/workshop/:id", "/join/:code"]) {
    server.get(path, (_request, reply) =>
      reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(page),
    );
  }
}
