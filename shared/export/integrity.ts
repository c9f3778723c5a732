import { digest } from "lib0/hash/sha256";
import { encodeUtf8 } from "lib0/string";
import type { BoardExport } from "./boardExport.ts";
import { canonicalJson } from "./canonicalJson.ts";

export type ExportContent = Omit<BoardExport, "provenance" | "integrity">;

/** Equal for an unchanged board, whoever exports it and when; extra keys of `content` must be left out by the caller. */
export function hashContent(content: ExportContent): string {
  return sha256Hex(encodeUtf8(canonicalJson(content)));
}

/** Does the content of a file, of any version, still have the hash that was written beside it? */
export function isContentIntact(file: Pick<BoardExport, "integrity">): boolean {
  const content = Object.entries(file).filter(([key]) => key !== "provenance" && key !== "integrity");
  return sha256Hex(encodeUtf8(canonicalJson(Object.fromEntries(content)))) === file.integrity.content;
}

export function sha256Hex(bytes: Uint8Array): string {
  return Array.from(digest(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
