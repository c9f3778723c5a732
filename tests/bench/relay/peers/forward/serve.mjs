import { createServer } from "node:http";
import { WebSocketServer } from "ws";

/*
 * The limit to come close to: reads nothing, keeps nothing, and only hands the bytes of each tick to everybody of a
 * board, in one message that a client can take apart.
 */
const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
const boards = new Map();
sockets.on("connection", (socket, request) => {
  const board = boards.get(request.url) ?? { members: new Set(), waiting: [] };
  boards.set(request.url, board);
  board.members.add(socket);
  socket.on("message", (data) => board.waiting.push(data));
  socket.on("close", () => board.members.delete(socket));
});
setInterval(() => {
  for (const board of boards.values()) {
    if (board.waiting.length === 0) continue;
    const frame = Buffer.concat(board.waiting);
    board.waiting = [];
    for (const member of board.members) member.send(frame);
  }
}, 16);
server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("is ready on"));
