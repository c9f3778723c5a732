import { expect, test } from "vitest";
import { facilitatorsReserve, maxParticipantsPerBoard } from "../../server/store/store.ts";
import { participantIdSchema } from "../../shared/board/ids.ts";
import { isRejected, type StoreSetting } from "./storeSetting.ts";
import {
  groupOf,
  historyOf,
  participantOf,
  snapshotOf,
  unknownBoardId,
  unknownWorkshopId,
  updateOf,
  wordOf,
  workshopOf,
} from "./workshopRows.ts";

/* Rules 7 and 8, and the rows of workshops, groups and people. */

export function testRowRules(setting: StoreSetting): void {
  const { store, number, oneBoard, twoBoards, sql, hasSql } = setting;

  test.runIf(hasSql)("[store 7] a row that does not fit rejects, and gives no half of a board", async () => {
    const [one, two] = await twoBoards();
    await store().appendUpdates(["a", "b", "c"].map((word) => updateOf(one, word)));
    await store().storeSnapshot(one, 1, snapshotOf(["a"]), 5);
    await store().addParticipant(participantOf(one, "Alice"), {
      createdAt: "2025-10-09T19:00:00.000Z",
      draw: 0,
    });
    const workshop = workshopOf(number()).facts.id;
    const damages: readonly (readonly [damage: string, mend: string, read: () => Promise<unknown>])[] = [
      [
        `update updates set bytes = 'words' where board_id = '${one}' and seq = 2`,
        `update updates set bytes = x'62' where board_id = '${one}' and seq = 2`,
        () => store().loadBoard(one),
      ],
      [
        `update updates set participant = 'no id at all!' where board_id = '${one}' and seq = 2`,
        `update updates set participant = null where board_id = '${one}' and seq = 2`,
        () => store().loadHistory(one),
      ],
      [
        `update snapshots set state_vector = 7 where board_id = '${one}'`,
        `update snapshots set state_vector = x'00' where board_id = '${one}'`,
        () => store().loadBoard(one),
      ],
      [
        `update history set bytes = x'010203' where board_id = '${one}'`,
        `delete from history where board_id = '${one}'`,
        () => store().loadHistory(one),
      ],
      [
        `update participants set voice = 'loud' where board_id = '${one}'`,
        `update participants set voice = null where board_id = '${one}'`,
        () => store().participantsOf(workshop),
      ],
      [
        `update groups set focus = 'neither' where board_id = '${two}'`,
        `update groups set focus = 'community' where board_id = '${two}'`,
        () => store().groupsOf(workshop),
      ],
      [
        `update workshops set language = 'klingon' where id = '${workshop}'`,
        `update workshops set language = 'nl' where id = '${workshop}'`,
        () => store().workshop(workshop),
      ],
    ];

    for (const [damage, mend, read] of damages) {
      await read();
      sql(damage);
      expect(await isRejected(read()), damage).toBe(true);
      sql(mend);
      await read();
    }
  });

  test("[store 8] what comes out is plain data, which another thread can have", async () => {
    const board = await oneBoard();
    const workshop = workshopOf(number());
    await store().appendUpdates([updateOf(board, "respect"), updateOf(board, "trust")]);
    await store().storeSnapshot(board, 1, snapshotOf(["respect"]), 5);
    await store().addParticipant(participantOf(board, "Alice"), {
      createdAt: "2025-10-09T19:00:00.000Z",
      draw: 0,
    });

    const answers = [
      await store().workshop(workshop.facts.id),
      await store().workshopByJoinCode(workshop.joinCode),
      await store().groupsOf(workshop.facts.id),
      await store().groupOfBoard(board),
      await store().participantsOf(workshop.facts.id),
      await store().setLocked(board, true),
      (await store().loadBoard(board)).seq,
      [...(await store().appendUpdates([updateOf(board, "time")]))],
    ];

    expect(structuredClone(answers)).toEqual(answers);
    expect(answers).not.toContain(null);
    const stored = await store().loadBoard(board);
    for (const bytes of [stored.snapshot?.bytes, stored.snapshot?.deletions, ...stored.updates]) {
      expect(structuredClone(bytes)).toBeInstanceOf(Uint8Array);
    }
  });

  test("[J21] on a board that is full for everybody else there is room for a facilitator", async () => {
    const group = groupOf(workshopOf(number()).facts.id, number() * 100 + 80);
    const { boardId } = group.facts;
    const options = { createdAt: "2025-10-09T19:00:00.000Z", draw: 3 };
    const people = Array.from({ length: maxParticipantsPerBoard - facilitatorsReserve }, (_, index) => ({
      ...participantOf(boardId, "Alice"),
      id: participantIdSchema.parse(`p${String(index).padStart(15, "0")}`),
      code: index + 1,
    }));
    await store().createWorkshop(workshopOf(number()), []);
    await store().addGroup(group, { participants: people, updates: [] });

    const bob = await store().addParticipant(participantOf(boardId, "Bob"), options);
    const frida = await store().addParticipant(
      { ...participantOf(boardId, "Frida"), role: "facilitate" },
      options,
    );

    expect(bob).toEqual({ ok: false, error: { kind: "boardFull" } });
    expect(frida.ok).toBe(true);
  });

  test("[store] rows of workshops, groups and people come back as they went in", async () => {
    const [one, two] = await twoBoards();
    const workshop = workshopOf(number());
    const { id } = workshop.facts;
    const options = { createdAt: "2025-10-09T19:00:00.000Z", draw: 3 };

    const alice = await store().addParticipant(participantOf(two, "Alice"), options);
    const bob = await store().addParticipant(participantOf(two, "Bob"), options);
    const changed = await store().changeParticipant(two, participantOf(two, "Bob").id, {
      name: null,
      consent: { quote: false },
    });
    const third = groupOf(id, number() * 100 + 70);
    const chen = { ...participantOf(third.facts.boardId, "Chen"), code: 9 };
    await store().addGroup(third, {
      participants: [chen],
      updates: [updateOf(third.facts.boardId, "respect")],
    });
    const taken = await store().createWorkshop(
      { ...workshopOf(number() + 500), joinCode: workshop.joinCode },
      [],
    );

    if (!alice.ok || !bob.ok) throw new Error("both should be in");
    expect(alice.value).toEqual({ ...participantOf(two, "Alice"), code: alice.value.code });
    expect(alice.value.code).not.toBe(bob.value.code);
    expect(changed).toEqual({ ...bob.value, name: null, consent: { research: true, quote: false } });
    expect((await store().participantsOf(id)).filter(({ boardId }) => boardId === two)).toHaveLength(2);
    expect(await store().participantsOf(id)).toContainEqual(chen);
    expect(await store().workshop(id)).toEqual(workshop);
    expect(await store().workshopByJoinCode(workshop.joinCode)).toEqual(workshop);
    expect((await store().groupsOf(id)).map(({ facts }) => facts.boardId)).toEqual([
      one,
      two,
      third.facts.boardId,
    ]);
    expect(await historyOf(store(), third.facts.boardId)).toEqual(["1 respect"]);
    expect(taken).toEqual({ ok: false, error: { kind: "joinCodeTaken" } });
    expect(await store().workshop(workshopOf(number() + 500).facts.id)).toBeNull();
  });

  test.runIf(hasSql)(
    "[store] a change that comes while a long log is packed is not kept waiting for it",
    async () => {
      const [one, two] = await twoBoards();
      await store().appendUpdates(
        Array.from({ length: 2_000 }, (_, index) => updateOf(one, `word ${index}`)),
      );
      const order: string[] = [];

      await Promise.all([
        store()
          .storeSnapshot(one, 1_999, snapshotOf(["all of it"]), 5)
          .then(() => order.push("snapshot")),
        store()
          .appendUpdates([updateOf(two, "respect"), updateOf(one, "trust")])
          .then(() => order.push("change")),
      ]);

      expect(order).toEqual(["change", "snapshot"]);
      expect((await store().loadBoard(one)).updates.map(wordOf)).toEqual(["word 1999", "trust"]);
      expect(await store().loadHistory(one)).toHaveLength(2_001);
    },
  );

  test.runIf(hasSql)("[store] a group whose notes cannot be kept does not appear", async () => {
    const board = await oneBoard();
    const { id } = workshopOf(number()).facts;
    const group = groupOf(id, number() * 100 + 80);
    const people = [{ ...participantOf(group.facts.boardId, "Chen"), code: 9 }];

    const updates = [updateOf(group.facts.boardId, "respect"), updateOf(unknownBoardId, "trust")];
    const rejected = await isRejected(store().addGroup(group, { participants: people, updates }));

    expect(rejected).toBe(true);
    expect(await store().groupOfBoard(group.facts.boardId)).toBeNull();
    expect((await store().groupsOf(id)).map(({ facts }) => facts.boardId)).toEqual([board]);
    expect(await store().participantsOf(id)).toEqual([]);
  });

  test("[store] what nobody made is nothing, and not an error", async () => {
    expect(await store().workshop(unknownWorkshopId)).toBeNull();
    expect(await store().workshopByJoinCode("NOBODY")).toBeNull();
    expect(await store().groupsOf(unknownWorkshopId)).toEqual([]);
    expect(await store().groupOfBoard(unknownBoardId)).toBeNull();
    expect(await store().participantsOf(unknownWorkshopId)).toEqual([]);
    expect(await store().setLocked(unknownBoardId, true)).toBeNull();
    expect(await store().loadBoard(unknownBoardId)).toEqual({ snapshot: null, updates: [], seq: 0 });
    expect(await store().loadHistory(unknownBoardId)).toEqual([]);
    const alice = participantOf(unknownBoardId, "Alice");
    expect(await store().changeParticipant(unknownBoardId, alice.id, { name: null })).toBeNull();
  });
}
