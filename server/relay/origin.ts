import type { IncomingMessage } from "node:http";

/**
 * A browser says which page opens a socket: only pages of this server may. A program that sends no Origin is let
 * through to the key check; `null`, other hosts and other ports are not.
 */
export function isAllowedOrigin(
  request: Pick<IncomingMessage, "headers">,
  publicUrl: string | null,
): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.protocol !== "http:" && url.protocol !== "https:") return false;
  if (publicUrl !== null && url.origin === new URL(publicUrl).origin) return true;
  return host !== undefined && url.host === host;
}
