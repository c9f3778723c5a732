import http from "node:http";
import { setPersistence, setupWSConnection } from "@y/websocket-server/utils";
import { WebSocketServer } from "ws";
import { LeveldbPersistence } from "y-leveldb";
import * as Y from "yjs";

/*
 * Keeps nothing, unless YPERSISTENCE names a folder: then it keeps boards the way y-websocket's own server did before
 * that part was left to whoever runs it.
 */
const folder = process.env.YPERSISTENCE;
if (folder !== undefined && folder !== "") {
  const kept = new LeveldbPersistence(folder);
  setPersistence({
    provider: kept,
    async bindState(name, doc) {
      const stored = await kept.getYDoc(name);
      const here = Y.encodeStateAsUpdate(doc);
      kept.storeUpdate(name, here);
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(stored));
      doc.on("update", (update) => kept.storeUpdate(name, update));
    },
    async writeState() {},
  });
}

const server = http.createServer();
const sockets = new WebSocketServer({ server });
sockets.on("connection", setupWSConnection);
server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("is ready on"));
