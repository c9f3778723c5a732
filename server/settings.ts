import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import {
  maxBufferedBytes,
  maxDeleteRangesPerUpdate,
  maxDocumentBytes,
  maxFrameBytes,
  maxFramesBurst,
  maxFramesPerSecond,
  maxPresenceBytes,
} from "../shared/protocol/limits.ts";
import { type Result, refuse, succeed } from "../shared/result.ts";

/** A value that prints as hidden, so that no log or error message carries it. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return "[hidden]";
  }
  toJSON(): string {
    return "[hidden]";
  }
}

export type Limits = {
  readonly framesPerSecond: number;
  readonly framesBurst: number;
  readonly frameBytes: number;
  readonly documentBytes: number;
  readonly bufferedBytes: number;
  readonly deleteRanges: number;
  readonly presenceBytes: number;
  readonly membersPerRoom: number;
  readonly connectionsPerAddress: number;
  readonly boardsBurst: number;
  readonly boardsPerMinute: number;
  readonly peoplePerBoardBurst: number;
  readonly peoplePerBoardPerMinute: number;
  readonly peoplePerAddressBurst: number;
  readonly peoplePerAddressPerMinute: number;
  readonly wrongCodesBurst: number;
  readonly wrongCodeRefillSeconds: number;
  /** A request that is not there whole by then is cut: the largest import at 0.7 Mbit/s just makes it. */
  readonly requestSeconds: number;
};

export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "silent";

export type Settings = {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly dataDir: string;
  /** Origin without a slash at the end. */
  readonly publicUrl: string | null;
  /** Null: made once in the data folder. */
  readonly serverSecret: Secret | null;
  /** Whose `X-Forwarded-For` is believed: `loopback`, `private`, `none`, addresses and CIDR ranges. */
  readonly trustProxy: readonly string[];
  readonly logLevel: LogLevel;
  readonly clientDir: string;
  readonly limits: Limits;
};

const count = (fallback: number, lowest = 1) =>
  z.coerce.number({ message: "must be a number" }).int().min(lowest).default(fallback);

const notYet = (what: string) =>
  z
    .undefined({
      message: `${what} comes later: this version keeps everything in one SQLite file, leave it out`,
    })
    .optional();

/** One entry per variable; `.env.example` lists the same ones, and a test keeps the two equal. */
export const environmentSchema = z.object({
  HOST: z.string().min(1).default("0.0.0.0"),
  PORT: z.coerce.number({ message: "must be a number" }).int().min(0).max(65_535).default(8080),
  DATA_DIR: z.string().min(1).default("./data"),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, message: "must be an http or https address" })
    .transform((url) => new URL(url))
    .refine((url) => url.pathname === "/" && url.search === "" && url.hash === "", {
      message: "must be an address without a path",
    })
    .transform((url) => url.origin)
    .optional(),
  SERVER_SECRET: z.string().min(32, { message: "must have at least 32 characters" }).optional(),
  TRUST_PROXY: z.string().default("loopback"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
  CLIENT_DIR: z.string().min(1).optional(),
  DATABASE_URL: notYet("PostgreSQL"),
  REDIS_URL: notYet("Redis"),
  LIMIT_FRAMES_PER_SECOND: count(maxFramesPerSecond),
  LIMIT_FRAMES_BURST: count(maxFramesBurst),
  LIMIT_FRAME_BYTES: count(maxFrameBytes, 1024),
  LIMIT_DOCUMENT_BYTES: count(maxDocumentBytes, 1024),
  LIMIT_BUFFERED_BYTES: count(maxBufferedBytes, 65_536),
  LIMIT_DELETE_RANGES: count(maxDeleteRangesPerUpdate),
  LIMIT_PRESENCE_BYTES: count(maxPresenceBytes, 256),
  LIMIT_MEMBERS_PER_ROOM: count(500),
  LIMIT_CONNECTIONS_PER_ADDRESS: count(1000),
  LIMIT_BOARDS_BURST: count(120),
  LIMIT_BOARDS_PER_MINUTE: count(10),
  LIMIT_PEOPLE_PER_BOARD_BURST: count(200),
  LIMIT_PEOPLE_PER_BOARD_PER_MINUTE: count(6),
  LIMIT_PEOPLE_PER_ADDRESS_BURST: count(120),
  LIMIT_PEOPLE_PER_ADDRESS_PER_MINUTE: count(4),
  LIMIT_WRONG_CODES_BURST: count(40),
  LIMIT_WRONG_CODE_REFILL_SECONDS: count(3),
  LIMIT_REQUEST_SECONDS: count(120),
});

const trustedSource = z.union([
  z.enum(["loopback", "private", "none"]),
  z.ipv4(),
  z.ipv6(),
  z.cidrv4(),
  z.cidrv6(),
]);

/**
 * Reads the environment into settings, with every complaint at once. `moduleUrl` is where the running `main` lies:
 * beside a bundle in `dist/server` the built client is `dist/client`.
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  { moduleUrl }: { readonly moduleUrl: string },
): Result<Settings, readonly string[]> {
  // An empty line in an env file means "not set".
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(filled);
  if (!parsed.success) {
    return refuse(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`));
  }
  const env = parsed.data;
  const trustProxy = env.TRUST_PROXY.split(",").map((source) => source.trim());
  const untrusted = trustProxy.filter((source) => !trustedSource.safeParse(source).success);
  if (untrusted.length > 0) {
    return refuse([
      `TRUST_PROXY: ${untrusted.join(", ")}: use loopback, private, none, addresses or CIDR ranges`,
    ]);
  }

  return succeed({
    host: env.HOST,
    port: env.PORT,
    dataDir: resolve(env.DATA_DIR),
    publicUrl: env.PUBLIC_URL ?? null,
    serverSecret: env.SERVER_SECRET === undefined ? null : new Secret(env.SERVER_SECRET),
    trustProxy,
    logLevel: env.LOG_LEVEL,
    clientDir: env.CLIENT_DIR === undefined ? defaultClientDir(moduleUrl) : resolve(env.CLIENT_DIR),
    limits: {
      framesPerSecond: env.LIMIT_FRAMES_PER_SECOND,
      framesBurst: env.LIMIT_FRAMES_BURST,
      frameBytes: env.LIMIT_FRAME_BYTES,
      documentBytes: env.LIMIT_DOCUMENT_BYTES,
      bufferedBytes: env.LIMIT_BUFFERED_BYTES,
      deleteRanges: env.LIMIT_DELETE_RANGES,
      presenceBytes: env.LIMIT_PRESENCE_BYTES,
      membersPerRoom: env.LIMIT_MEMBERS_PER_ROOM,
      connectionsPerAddress: env.LIMIT_CONNECTIONS_PER_ADDRESS,
      boardsBurst: env.LIMIT_BOARDS_BURST,
      boardsPerMinute: env.LIMIT_BOARDS_PER_MINUTE,
      peoplePerBoardBurst: env.LIMIT_PEOPLE_PER_BOARD_BURST,
      peoplePerBoardPerMinute: env.LIMIT_PEOPLE_PER_BOARD_PER_MINUTE,
      peoplePerAddressBurst: env.LIMIT_PEOPLE_PER_ADDRESS_BURST,
      peoplePerAddressPerMinute: env.LIMIT_PEOPLE_PER_ADDRESS_PER_MINUTE,
      wrongCodesBurst: env.LIMIT_WRONG_CODES_BURST,
      wrongCodeRefillSeconds: env.LIMIT_WRONG_CODE_REFILL_SECONDS,
      requestSeconds: env.LIMIT_REQUEST_SECONDS,
    },
  });
}

function defaultClientDir(moduleUrl: string): string {
  const folder = fileURLToPath(new URL(".", moduleUrl));
  // Run from source, `../client` would be the source of the client.
  return moduleUrl.endsWith(".ts") ? join(folder, "../dist/client") : join(folder, "../client");
}

/** Something about this machine or its settings keeps the server from starting; the message is for the host. */
export class StartError extends Error {}

/** Whose `X-Forwarded-For` is believed, in the words of proxy-addr; the relay and HTTP read it alike. */
export function trustedProxies({ trustProxy }: Settings): string[] {
  if (trustProxy.includes("none")) return [];
  return trustProxy.flatMap((source) => (source === "private" ? ["uniquelocal", "linklocal"] : [source]));
}
