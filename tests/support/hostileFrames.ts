import fc from "fast-check";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import {
  encodePresenceWanted,
  encodeProbe,
  messageSync,
  syncUpdate,
} from "../../shared/protocol/messages.ts";
import { presenceFrame, syncFrame } from "./rawClient.ts";

/* Messages that nobody should send, by somebody with a good key. */

function update(write: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  write(doc);
  return Y.encodeStateAsUpdate(doc);
}

const honestUpdate = fc.constantFrom(
  update((doc) => doc.getMap("notes").set("a", new Y.Map([["text", new Y.Text("hoi")]]))),
  update((doc) => doc.getText("t").insert(0, "x".repeat(200))),
  update((doc) => {
    doc.getArray("list").insert(0, [1, { a: [1, 2, { b: null }] }, new Uint8Array(9)]);
    doc.getArray("list").delete(0, 2);
  }),
  update((doc) => doc.getXmlFragment("x").insert(0, [new Y.XmlElement("p"), new Y.XmlText("y")])),
);

const anyBytes = (maxLength: number) => fc.uint8Array({ maxLength });
const honestFrame = honestUpdate.map((bytes) => syncFrame(syncUpdate, bytes));
export const hostileFrame: fc.Arbitrary<Uint8Array | string> = fc.oneof(
  anyBytes(300),
  fc.string(),
  fc.constantFrom(encodeProbe(), encodePresenceWanted(false), Uint8Array.of(102), Uint8Array.of(103, 255)),
  // The beginning of something honest, or all of it with a few bytes turned.
  fc.tuple(honestFrame, fc.nat(200)).map(([frame, length]) => frame.slice(0, length)),
  fc
    .tuple(honestFrame, fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 8 }))
    .map(([frame, turns]) => {
      const turned = frame.slice();
      for (const [index, value] of turns) turned[index % turned.length] = value;
      return turned;
    }),
  // A few honest bytes behind a header that promises something else.
  fc
    .tuple(fc.nat(5), fc.nat(5), anyBytes(60))
    .map(([type, kind, rest]) => Uint8Array.of(type, kind, ...rest)),
  fc.tuple(fc.nat(2), anyBytes(60)).map(([kind, bytes]) => syncFrame(kind, bytes)),
  // Lengths that go on and on, and lengths of much more than is there.
  fc.nat(40).map((length) => Uint8Array.of(0, 2, ...Array.from({ length }, () => 255))),
  fc.nat().map((length) => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, messageSync);
    encoding.writeVarUint(encoder, syncUpdate);
    encoding.writeVarUint(encoder, length);
    return encoding.toUint8Array(encoder);
  }),
  fc
    .tuple(fc.nat(), fc.nat(), fc.json({ maxDepth: 12 }))
    .map(([clientId, clock, json]) => presenceFrame([{ clientId, clock, json }])),
  fc
    .nat(4000)
    .map((depth) => presenceFrame([{ clientId: 1, clock: 1, json: "[".repeat(depth) + "]".repeat(depth) }])),
  fc
    .constantFrom('{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}')
    .map((json) => presenceFrame([{ clientId: 2, clock: 9, json }])),
);
