import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Move } from "./layout.ts";

/* What is measured, and what each needs before it can be. */

export const productNames = ["ours", "tldraw", "excalidraw", "naive"] as const;
export type ProductName = (typeof productNames)[number];
export type PeerName = Exclude<ProductName, "ours">;
export const peerNames: readonly PeerName[] = ["tldraw", "excalidraw", "naive"];
/** Those that people use; the naive board is what one would write first. */
export const rivals: readonly ProductName[] = ["tldraw", "excalidraw"];

/** A board that can be visited, once. */
export type OpenedBoard = {
  readonly url: string;
  /** Items of local storage. */
  readonly remembered: Readonly<Record<string, string>>;
  /** Others begin to move notes, outside the page; what it gives stops them and says where they left them. */
  readonly startMoves: (() => Promise<() => Promise<readonly Move[]>>) | null;
  readonly close: () => Promise<void>;
};

const peersFolder = fileURLToPath(new URL("./peers", import.meta.url));
export const peerFolderOf = (name: PeerName) => join(peersFolder, name);

/** Fetches what the chosen peers need, the first time. */
export function installPeers(names: readonly PeerName[]): void {
  for (const name of names) {
    const folder = peerFolderOf(name);
    const { dependencies } = packageSchema.parse(readJson(join(folder, "package.json")));
    if (Object.keys(dependencies).every((dependency) => versionOf(name, dependency) !== "?")) continue;
    console.log(`fetching ${name}`);
    const { status } = spawnSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], {
      cwd: folder,
      stdio: "inherit",
    });
    if (status !== 0) throw new Error(`${name} could not be fetched`);
  }
}

export function titleOf(name: ProductName): string {
  switch (name) {
    case "ours":
      return "this product";
    case "tldraw":
      return `tldraw ${versionOf("tldraw", "tldraw")}`;
    case "excalidraw":
      return `Excalidraw ${versionOf("excalidraw", "@excalidraw/excalidraw")}`;
    case "naive":
      return `naive react-konva ${versionOf("naive", "react-konva")}`;
  }
}

/** "?" when it is not there. */
export function versionOf(peer: PeerName, dependency: string): string {
  const file = join(peerFolderOf(peer), "node_modules", dependency, "package.json");
  return existsSync(file) ? versionSchema.parse(readJson(file)).version : "?";
}

const packageSchema = z.object({ dependencies: z.record(z.string(), z.string()) });
const versionSchema = z.object({ version: z.string() });
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
