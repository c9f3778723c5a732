import { join } from "node:path";
import {
  tableOf as anyTableOf,
  type Column,
  type Rounds,
  replaceTablesBetween,
  type TableOptions,
  writeBetween,
} from "../tables.ts";
import { describeMachine } from "./machine.ts";
import { peerNames, projectFolder, type ServerName, versionOf } from "./servers.ts";

/* Tables and words about servers in docs/benchmarks.md. */

export function tableOf<Figures>(options: {
  readonly title: string;
  readonly rounds: Rounds<ServerName, Figures>;
  readonly columns: readonly Column<Figures>[];
  readonly nameOf: (name: ServerName) => string;
  readonly remark?: NonNullable<TableOptions<ServerName, Figures>["remark"]>;
}): readonly string[] {
  return anyTableOf({
    ...options,
    contestant: "server",
    ours: "ours",
    beside: [
      { words: "This relay beside the better peer", others: peerNames },
      { words: "Beside bare forwarding", others: ["forward"] },
    ],
  });
}

const versions = () => ({
  yWebsocketServer: `@y/websocket-server ${versionOf("yWebsocketServer", "@y/websocket-server")}`,
  hocuspocus: `Hocuspocus ${versionOf("hocuspocus", "@hocuspocus/server")} with SQLite`,
  level: `y-leveldb ${versionOf("yWebsocketServer", "y-leveldb")}`,
  yjsOfPeer: versionOf("yWebsocketServer", "yjs"),
  yjs: versionOf("hocuspocus", "yjs"),
});

/** A server in a scenario where whoever can do without a disk does without. */
export function titleOf(name: ServerName): string {
  const { yWebsocketServer, hocuspocus } = versions();
  if (name === "ours") return "this relay, saved to disk";
  if (name === "forward") return "bare `ws` that only forwards, keeps nothing";
  return name === "hocuspocus" ? hocuspocus : `${yWebsocketServer}, keeps nothing`;
}

/** A server in a scenario where everybody keeps boards on disk. */
export function keepingTitleOf(name: ServerName): string {
  const { yWebsocketServer, level } = versions();
  return name === "yWebsocketServer" ? `${yWebsocketServer} with ${level}` : titleOf(name);
}

export function headOf(rounds: number, seconds: number): readonly string[] {
  const { yWebsocketServer, hocuspocus, level, yjsOfPeer, yjs } = versions();
  return [
    `Median of ${rounds} rounds (least–most), ${seconds} s measured in each. ${describeMachine()}.`,
    `${yWebsocketServer} (yjs ${yjsOfPeer}; ${level} where boards are kept), ${hocuspocus} (yjs ${yjs}).`,
  ];
}

const place = {
  file: join(projectFolder, "docs/benchmarks.md"),
  start: "<!-- relay: written by npm run bench:relay -->",
  end: "<!-- relay ends -->",
};

export function writeReport(lines: readonly string[]): void {
  writeBetween({ ...place, lines });
}

/** Puts tables in the place of those with the same titles, and leaves the rest. */
export function replaceTables(lines: readonly string[]): void {
  replaceTablesBetween({ ...place, lines });
}
