import { expect } from "vitest";
import { participantJoinedSchema, type WorkshopCreated } from "../../shared/workshop/api.ts";
import { type ClientKind, type Device, openDevice } from "../support/deviceClient.ts";
import {
  areDocumentsEqual,
  createPerson,
  hasSharedNote,
  makeSharedNote,
  notesSeenOf,
  type Person,
  rememberedBy,
  seeBoard,
} from "../support/person.ts";
import { openRawClient } from "../support/rawClient.ts";
import { bearer, postJson, until } from "../support/relayServer.ts";

/*
 * Three people on one board with one kind of client: Alice and Bob behind a network that will fail, Chen beside the
 * server. They know what must be there in the end.
 */

export type Party = {
  readonly kind: ClientKind;
  /** One change of everybody. */
  readonly act: () => void;
  /** Documents are equal, and everybody is in and, with our client, told that all is saved. */
  readonly isTogether: () => boolean;
  /**
   * Who came back is seen again, and sees the others. A stock client keeps the clocks of those it lost sight of, and
   * takes what it is told for old until they move or repeat themselves: it only has to be seen.
   */
  readonly areBackInSight: () => boolean;
  /** How many others Chen sees. */
  readonly othersSeenByChen: () => number;
  /** What those behind the bad network are told about their work; empty for clients that tell nothing. */
  readonly toldBehindTheNetwork: () => readonly string[];
  /** Whoever is told "saved" now has all their notes on the server, as a fresh client sees it. */
  readonly expectSavedIsThere: () => Promise<void>;
  /** Nothing missing, nothing doubled, what was removed stays removed, for everybody and for a fresh client. */
  readonly expectWhole: () => Promise<void>;
  readonly close: () => void;
};

export async function gatherParty(options: {
  readonly kind: ClientKind;
  readonly group: WorkshopCreated["groups"][number];
  readonly url: string;
  readonly socketUrl: string;
  readonly badSocketUrl: string;
}): Promise<Party> {
  const { kind, group, url, socketUrl, badSocketUrl } = options;
  const board = { boardId: group.boardId, key: group.keys.contribute };
  const names = ["Alice", "Bob", "Chen"];
  const devices: Device[] = [];
  for (const name of names) {
    const participantToken = await joinAs(name, url, board);
    const network = name === "Chen" ? socketUrl : badSocketUrl;
    devices.push(openDevice(kind, { ...board, socketUrl: network, participantToken }));
  }
  const [chen] = devices.slice(-1);
  if (chen === undefined) throw new Error("nobody came");
  const behind = devices.filter((device) => device !== chen);
  await until(() => devices.every((device) => device.isIn()), `everybody with ${kind} is in`);
  makeSharedNote(chen.doc);
  await until(() => devices.every(({ doc }) => hasSharedNote(doc)), "all have the note they share");
  const people: Person[] = devices.map(({ doc }, index) => createPerson(names[index] ?? "Dina", doc));
  devices.forEach(({ awareness }, index) => {
    awareness.setLocalState({ participant: names[index] });
  });

  const othersSeenBy = (device: Device) =>
    devices.filter(
      ({ doc }, index) =>
        doc !== device.doc && device.awareness.getStates().get(doc.clientID)?.participant === names[index],
    ).length;

  async function withFreshClient(look: (fresh: ReturnType<typeof openRawClient>) => void): Promise<void> {
    const fresh = openRawClient({ socketUrl, ...board });
    await until(fresh.isSynced, "a fresh client is in");
    look(fresh);
    fresh.socket.terminate();
  }

  return {
    kind,
    act() {
      for (const person of people) person.act();
    },
    isTogether: () =>
      devices.every((device) => device.isIn()) && areDocumentsEqual(devices.map(({ doc }) => doc)),
    areBackInSight: () =>
      (kind === "ours" ? devices : [chen]).every((device) => othersSeenBy(device) === devices.length - 1),
    othersSeenByChen: () => othersSeenBy(chen),
    toldBehindTheNetwork: () => behind.flatMap((device) => device.savedState() ?? []),
    async expectSavedIsThere() {
      const sure = people.filter((_, index) => devices[index]?.savedState() === "saved");
      const promised = sure.map((person) => person.notes());
      await withFreshClient(({ doc }) => {
        expect(sure.map(({ name }) => notesSeenOf(name, doc))).toEqual(promised);
      });
    },
    async expectWhole() {
      const remembered = rememberedBy(people);
      await withFreshClient((fresh) => {
        expect(seeBoard(fresh.doc)).toEqual(remembered);
        for (const { doc } of devices) expect(seeBoard(doc)).toEqual(remembered);
        expect(areDocumentsEqual([fresh.doc, ...devices.map(({ doc }) => doc)])).toBe(true);
      });
      // People did something, and some of it was thrown away.
      expect(remembered.notes.length).toBeGreaterThan(people.length * 2);
      expect(remembered.notes.some((line) => line.endsWith(" (bin)"))).toBe(true);
    },
    close() {
      for (const device of devices) device.close();
    },
  };
}

async function joinAs(
  name: string,
  url: string,
  { boardId, key }: { readonly boardId: string; readonly key: string },
): Promise<string> {
  const joined = await postJson(`${url}/api/boards/${boardId}/participants`, { name }, bearer(key));
  return participantJoinedSchema.parse(await joined.json()).participantToken;
}
