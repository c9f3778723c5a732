import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { HttpContext } from "./context.ts";
import { sendProblem } from "./problems.ts";

/** The built client: hashed files for ever, the pages never from a cache without asking. */
export async function addPageRoutes(server: FastifyInstance, { settings, log }: HttpContext): Promise<void> {
  const root = resolve(settings.clientDir);
  if (!existsSync(join(root, "index.html"))) {
    log.warn("no built client: only the interfaces are served");
    return;
  }
  await server.register(fastifyStatic, {
    root,
    index: false,
    preCompressed: true,
    wildcard: false,
    // Otherwise the plugin writes its own header over ours.
    cacheControl: false,
    setHeaders(response, path) {
      const isHashed = path.includes("/assets/");
      response.setHeader("vary", "accept-encoding");
      response.setHeader("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  // All are the same page; each names the scripts that its address will need first.
  const pages = {
    "/": "index.html",
    "/board/:id": "board.html",
    "/workshop/:id": "workshop.html",
    "/join/:code": "join.html",
  } as const;
  for (const [path, file] of Object.entries(pages)) {
    server.get(path, (_request, reply) => reply.sendFile(file));
  }
  // Somebody who mistyped an address gets a page that says so; a program gets its problem.
  server.get("/*", (request, reply) => {
    const isForPeople = request.headers.accept?.includes("text/html") === true;
    const isInterface = /^\/(api|rooms|assets|art)\//.test(request.url);
    return isForPeople && !isInterface
      ? reply.code(404).sendFile("index.html")
      : sendProblem(reply, "not-found");
  });
}
