import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { createWireFactory } from "../../server/relay/webSocketWire.ts";
import type { Wire } from "../../server/relay/wire.ts";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const lastWord = Uint8Array.of(255);
const mostInOneGo = 4;

/** Wires of one factory on real sockets, each with what its client received. */
async function openWires(count: number): Promise<readonly { wire: Wire; received: Uint8Array[] }[]> {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const wireOf = createWireFactory();
  const wires: Wire[] = [];
  server.on("upgrade", (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (webSocket) => wires.push(wireOf(webSocket, socket)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const opened = [];
  for (let index = 0; index < count; index += 1) {
    const client = new WebSocket(`ws://127.0.0.1:${port}`);
    const received: Uint8Array[] = [];
    client.on("message", (data: Buffer) => received.push(new Uint8Array(data)));
    await once(client, "open");
    const wire = wires[index];
    if (wire === undefined) throw new Error("no wire");
    opened.push({ wire, received });
    ends.push(() => client.terminate());
  }
  ends.push(() => server.close());
  return opened;
}

/** Resolves when every client has everything that was sent before. */
async function settle(opened: Awaited<ReturnType<typeof openWires>>): Promise<void> {
  for (const { wire } of opened) wire.send(lastWord);
  const isThere = () => opened.every(({ received }) => received.at(-1)?.[0] === lastWord[0]);
  await expect.poll(isThere, { interval: 2 }).toBe(true);
}

test("[R40] everybody gets exactly the messages that were sent to them, in their order, however they were put together", async () => {
  const opened = await openWires(3);
  const pool = Array.from({ length: 4 }, (_, index) => new Uint8Array(40 * index + 1).fill(index));
  const toOne = fc.array(fc.constantFrom(...pool), { maxLength: mostInOneGo });
  const goes = fc.array(fc.tuple(toOne, toOne, toOne), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(goes, async (sent) => {
      for (const { received } of opened) received.length = 0;
      for (const go of sent) {
        // As rooms do it: one message to everybody who gets it, then the next.
        for (let turn = 0; turn < mostInOneGo; turn += 1) {
          for (const [index, { wire }] of opened.entries()) {
            const message = go[index]?.[turn];
            if (message !== undefined) wire.send(message);
          }
        }
        await Promise.resolve();
      }
      await settle(opened);
      for (const [index, { received }] of opened.entries()) {
        expect(received.slice(0, -1)).toEqual(sent.flatMap((go) => go[index] ?? []));
      }
    }),
    { numRuns: 150, examples: [[[[pool.slice(0, 3), pool.slice(0, 2), []]]]] },
  );
});

test("[R40] what waits to be written counts as buffered, and goes out before a goodbye", async () => {
  const [one] = await openWires(1);
  if (one === undefined) throw new Error("no wire");
  one.wire.send(Uint8Array.of(1, 2, 3));
  expect(one.wire.bufferedBytes()).toBe(5);
  one.wire.send(Uint8Array.of(4));
  one.wire.close(4001, "restart");
  await expect.poll(() => one.received.length).toBe(2);
});
