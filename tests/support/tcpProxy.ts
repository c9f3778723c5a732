import { once } from "node:events";
import { connect as connectSocket, createServer, type Socket } from "node:net";

/*
 * A network of our own between clients and the server, that can be bad in every way that wifi is. TCP hides lost
 * packets: what is held up here is delivered later, in order, exactly as a real connection would after its
 * retransmissions. Only a cut or a death loses bytes, and then the connection with them.
 */

export type Weather =
  | { readonly kind: "fair" }
  /** Every connection is reset, and every new one too. */
  | { readonly kind: "cut" }
  /** Nothing arrives any more in these directions; nobody is told. */
  | { readonly kind: "silent"; readonly towards: "both" | "server" | "client" }
  /** Each direction of each connection: so late, give or take, and so wide. */
  | {
      readonly kind: "slow";
      readonly delayMs: number;
      readonly jitterMs: number;
      readonly bytesPerSecond: number;
    };

export type TcpProxy = {
  readonly port: number;
  readonly setWeather: (weather: Weather) => void;
  /** What is open now is forgotten, as a router forgets: no byte more, in no direction, and no goodbye. */
  readonly forgetConnections: () => void;
  /** Of what was forgotten, how many connections the server still believes in. */
  readonly forgottenHeldByServer: () => number;
  /** Bytes that arrived at their end so far. */
  readonly deliveredBytes: () => number;
  readonly close: () => Promise<void>;
};

type Chunk = { readonly dueAt: number; readonly bytes: Buffer };

type Pipe = {
  readonly pump: () => void;
  readonly forget: () => void;
  readonly stop: () => void;
};

type Connection = {
  readonly pipes: readonly Pipe[];
  readonly target: Socket;
  isForgotten: boolean;
  readonly reset: () => void;
};

/** What waits in one direction before its source is told to wait too: about what a kernel buffers. */
const mostWaitingBytes = 256_000;

/** `random` is in [0, 1), for the jitter. */
export async function openTcpProxy(options: {
  readonly targetPort: number;
  readonly random: () => number;
}): Promise<TcpProxy> {
  let weather: Weather = { kind: "fair" };
  let delivered = 0;
  const connections = new Set<Connection>();

  const server = createServer({ noDelay: true }, (client) => {
    client.on("error", () => undefined);
    if (weather.kind === "cut") {
      client.resetAndDestroy();
      return;
    }
    const target = connectSocket({ host: "127.0.0.1", port: options.targetPort, noDelay: true });
    target.on("error", () => undefined);
    const pipes = [openPipe(client, target, "server"), openPipe(target, client, "client")];
    const connection: Connection = {
      pipes,
      target,
      isForgotten: false,
      reset() {
        client.resetAndDestroy();
        target.resetAndDestroy();
      },
    };
    connections.add(connection);
    let open = 2;
    for (const socket of [client, target]) {
      socket.on("close", () => {
        open -= 1;
        if (open > 0) return;
        for (const pipe of pipes) pipe.stop();
        connections.delete(connection);
      });
    }
  });

  function openPipe(from: Socket, to: Socket, towards: "server" | "client"): Pipe {
    const chunks: Chunk[] = [];
    let waitingBytes = 0;
    let lastDueAt = 0;
    let timer: NodeJS.Timeout | null = null;
    let isForgotten = false;
    let isDraining = false;
    let hasEnded = false;

    function pump(): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      if (isForgotten || isDraining || isHeld()) return;
      for (let chunk = chunks[0]; chunk !== undefined; chunk = chunks[0]) {
        const wait = chunk.dueAt - performance.now();
        if (wait > 0.5) {
          timer = setTimeout(pump, wait);
          return;
        }
        chunks.shift();
        waitingBytes -= chunk.bytes.length;
        delivered += chunk.bytes.length;
        if (to.writable && !to.write(chunk.bytes)) {
          isDraining = true;
          to.once("drain", () => {
            isDraining = false;
            pump();
          });
          return;
        }
      }
      if (waitingBytes < mostWaitingBytes) from.resume();
      if (hasEnded) to.destroySoon();
    }

    function isHeld(): boolean {
      return weather.kind === "silent" && (weather.towards === "both" || weather.towards === towards);
    }

    from.on("data", (bytes: Buffer) => {
      if (isForgotten) return;
      const now = performance.now();
      let dueAt = now;
      if (weather.kind === "slow") {
        const late = weather.delayMs + (options.random() * 2 - 1) * weather.jitterMs;
        // One after another, each as long as its bytes take: order is kept whatever the jitter says.
        dueAt = Math.max(now + late, lastDueAt + (bytes.length / weather.bytesPerSecond) * 1000);
      }
      lastDueAt = Math.max(lastDueAt, dueAt);
      chunks.push({ dueAt: lastDueAt, bytes });
      waitingBytes += bytes.length;
      if (waitingBytes >= mostWaitingBytes) from.pause();
      if (timer === null) pump();
    });
    // The end travels like the bytes before it, and is held up like them.
    from.on("close", () => {
      hasEnded = true;
      pump();
    });
    return {
      pump,
      forget() {
        isForgotten = true;
        if (timer !== null) clearTimeout(timer);
      },
      stop() {
        if (timer !== null) clearTimeout(timer);
      },
    };
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");

  return {
    port: address.port,
    setWeather(next) {
      weather = next;
      if (next.kind === "cut") for (const connection of connections) connection.reset();
      for (const connection of connections) for (const pipe of connection.pipes) pipe.pump();
    },
    forgetConnections() {
      for (const connection of connections) {
        connection.isForgotten = true;
        for (const pipe of connection.pipes) pipe.forget();
      }
    },
    forgottenHeldByServer: () =>
      [...connections].filter(({ isForgotten, target }) => isForgotten && !target.closed).length,
    deliveredBytes: () => delivered,
    async close() {
      for (const connection of connections) connection.reset();
      server.close();
      await once(server, "close");
    },
  };
}
