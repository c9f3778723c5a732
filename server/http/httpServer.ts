import helmet from "@fastify/helmet";
import Fastify, { type FastifyInstance } from "fastify";
import { maxJsonBodyBytes } from "../../shared/protocol/limits.ts";
import { trapIn } from "../exporting/jsonTraps.ts";
import { trustedProxies } from "../settings.ts";
import { addBoardRoutes } from "./boards.ts";
import { createBrokenRequests } from "./brokenRequests.ts";
import type { HttpContext } from "./context.ts";
import { addExportRoutes } from "./exports.ts";
import { addHealthRoutes } from "./health.ts";
import { addJoinCodeRoutes } from "./joinCodes.ts";
import { withOtherMethods } from "./otherMethods.ts";
import { addPageRoutes } from "./pages.ts";
import { addParticipantRoutes } from "./participants.ts";
import { sendProblem } from "./problems.ts";
import { addWorkshopRoutes } from "./workshops.ts";

/** The one style element React Aria adds by itself: how buttons take touches. A browser test tells when it changes. */
const touchRuleOfReactAria = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";

/** What is asked of this server is flat and short. */
const mostInBody = { depth: 8, brackets: 5_000 };

/** Node looks this often for requests that take too long. */
const timeoutCheckIntervalMs = 1_000;

/** Fastify with every resource, the headers that keep a page to itself, and one form of error. */
export async function createHttpServer(context: HttpContext): Promise<FastifyInstance> {
  const { settings, log } = context;
  const isHttps = settings.publicUrl?.startsWith("https:") === true;
  const requestTimeoutMs = settings.limits.requestSeconds * 1000;
  const brokenRequests = createBrokenRequests();
  const server = Fastify({
    logger: false,
    trustProxy: trustedProxies(settings),
    bodyLimit: maxJsonBodyBytes,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (_error, _request, reply) => void sendProblem(reply, "bad-request"),
    clientErrorHandler: brokenRequests.answer,
    requestTimeout: requestTimeoutMs,
    http: {
      connectionsCheckingInterval: timeoutCheckIntervalMs,
      // Below: Node would refuse without a word of why.
      requireHostHeader: false,
    },
  });
  brokenRequests.watch(server.server);
  // Neither counts for a websocket: that is no request any more.
  server.server.headersTimeout = Math.min(20_000, requestTimeoutMs);
  // What it takes for text is no use to anybody here.
  server.removeContentTypeParser("text/plain");
  server.addHook("onRequest", async (request, reply) => {
    const { host, "content-length": length, "transfer-encoding": coding } = request.headers;
    if (host === undefined && request.raw.httpVersion === "1.1") return sendProblem(reply, "bad-request");
    // Without a body there is no type of it, whatever a client says by habit: where all may be left out, this is that.
    if (coding === undefined && (length === undefined || length === "0")) {
      delete request.headers["content-type"];
    }
  });
  const parseJson = server.getDefaultJsonParser("error", "error");
  server.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body: Buffer, done) => {
    const trap = trapIn(body, mostInBody);
    if (trap !== null) return done(Object.assign(new Error(trap), { statusCode: 400 }));
    return parseJson(request, body.toString("utf8"), done);
  });
  // Answers with keys or names are for whoever asked; hashed files and pages say otherwise themselves.
  server.addHook("onSend", async (request, reply) => {
    if (request.url.startsWith("/api/") && !reply.hasHeader("cache-control")) {
      reply.header("cache-control", "no-store");
    }
  });

  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", touchRuleOfReactAria],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
      },
    },
    referrerPolicy: { policy: "no-referrer" },
    strictTransportSecurity: isHttps,
    crossOriginEmbedderPolicy: false,
    // Over plain http browsers ignore these and complain on every page.
    crossOriginOpenerPolicy: isHttps,
    originAgentCluster: isHttps,
  });

  server.setNotFoundHandler((_request, reply) => sendProblem(reply, "not-found"));
  server.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 413) return sendProblem(reply, "too-large");
    if (status === 415) return sendProblem(reply, "unsupported-media-type");
    if (status >= 400 && status < 500) return sendProblem(reply, "bad-request");
    if (error === request.raw.errored) {
      // Nobody hears the answer, and nothing is wrong here.
      log.debug({ route: request.routeOptions.url }, "sender went away");
      return sendProblem(reply, "bad-request");
    }
    log.error({ route: request.routeOptions.url, error: error.message }, "request failed");
    return sendProblem(reply, "internal");
  });
  server.addHook("onResponse", async (request, reply) => {
    log.debug({
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });

  await withOtherMethods(server, () => {
    addHealthRoutes(server, context);
    addWorkshopRoutes(server, context);
    addJoinCodeRoutes(server, context);
    addBoardRoutes(server, context);
    addParticipantRoutes(server, context);
    addExportRoutes(server, context);
  });
  await addPageRoutes(server, context);
  return server;
}
