import { createServer } from "node:http";
import { WebSocketServer } from "ws";

/*
 * The limit to come close to: reads nothing, keeps nothing, and only hands the bytes of each tick to everybody, in one
 * message, behind the header of an update that a client can take apart.
 */
const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
let waiting = [];
sockets.on("connection", (socket) => {
  socket.on("message", (data) => waiting.push(data));
});
setInterval(() => {
  if (waiting.length === 0) return;
  const frame = Buffer.concat(waiting);
  waiting = [];
  for (const socket of sockets.clients) socket.send(frame);
}, 16);
server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("is ready on"));
