import { createSeededRandom } from "../../support/random.ts";
import { countMissingNotes } from "./boardClient.ts";
import type { BenchBoard } from "./dialects.ts";
import { type LoadClient, openLoadClient } from "./loadClient.ts";
import { type LoadMessage, loadSetupSchema } from "./loadMessages.ts";
import { pause } from "./machine.ts";
import { createTally } from "./tally.ts";

/*
 * The load of one run, in a process of its own: every client moves its cursor 20 times a second and makes a note every two
 * seconds, each at its own moment, so that nothing is sent in bursts.
 */

const setup = loadSetupSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
const cursorEveryMs = 50;
const editEveryMs = 2_000;
const drainMs = 5_000;
const newcomerPatienceMs = 4_000;
/** So many connect at once. */
const opensAtOnce = 16;
/** With many boards there are many readers: two of each are enough. */
const readersPerBoard = setup.boards.length === 1 ? 8 : 2;
const cursorReadersPerBoard = setup.boards.length === 1 ? 2 : 1;

const tell = (message: LoadMessage) =>
  new Promise<void>((resolve) => process.send?.(message, () => resolve()));
const random = createSeededRandom(setup.clients);
const tally = createTally();
const clients: LoadClient[] = [];
/** Per board: the name of each note, and when it was made. */
const made = new Map<string, Map<string, number>>(setup.boards.map(({ id }) => [id, new Map()]));
const madeOn = ({ id }: BenchBoard) => made.get(id) ?? new Map<string, number>();
const cursorSlots: LoadClient[][] = Array.from({ length: cursorEveryMs }, () => []);
const editSlots: LoadClient[][] = Array.from({ length: editEveryMs }, () => []);
const slotOf = (slots: LoadClient[][]) => slots[Math.floor(random() * slots.length)] ?? [];

async function openClient(index: number): Promise<LoadClient> {
  const board = setup.boards[index % setup.boards.length];
  if (board === undefined) throw new Error("no board");
  const rank = Math.floor(index / setup.boards.length);
  const kind = rank < cursorReadersPerBoard ? "cursorReader" : rank < readersPerBoard ? "reader" : "plain";
  return openLoadClient({ ...setup, board, kind, tally });
}

for (let first = 0; first < setup.clients; first += opensAtOnce) {
  const count = Math.min(opensAtOnce, setup.clients - first);
  const opened = await Promise.all(Array.from({ length: count }, (_, index) => openClient(first + index)));
  for (const client of opened) {
    clients.push(client);
    slotOf(cursorSlots).push(client);
    slotOf(editSlots).push(client);
  }
}

let isActing = true;
let doneUntil = Math.floor(performance.now());
const beat = setInterval(() => {
  const now = performance.now();
  const until = Math.floor(now);
  tally.noteLate(Math.max(0, until - doneUntil - 1));
  // Who was late moves once, to where the pointer is now; edits are all made.
  for (let ms = Math.max(doneUntil, until - cursorEveryMs) + 1; ms <= until && isActing; ms += 1) {
    for (const client of cursorSlots[ms % cursorEveryMs] ?? []) client.moveCursor(performance.now());
  }
  for (let ms = doneUntil + 1; ms <= until && isActing; ms += 1) {
    for (const client of editSlots[ms % editEveryMs] ?? []) makeNote(client);
  }
  doneUntil = until;
}, 1);

function makeNote(client: LoadClient): void {
  const now = performance.now();
  const name = client.makeNote(now);
  if (name !== null) madeOn(client.board).set(name, now);
}

const bytesReceived = () => clients.reduce((sum, client) => sum + client.bytesReceived(), 0);

await pause(setup.warmUpSeconds * 1000);
const startedAt = performance.now();
const bytesBefore = bytesReceived();
tally.start(startedAt);
await tell({ kind: "measuring" });
await pause(setup.seconds * 1000);
const endedAt = performance.now();
tally.end(endedAt);
const megabytesPerSecond = (bytesReceived() - bytesBefore) / 1e6 / ((endedAt - startedAt) / 1000);
await tell({ kind: "measured" });
isActing = false;

const readers = clients.filter(({ kind }) => kind !== "plain");
const lost = () =>
  readers.flatMap((reader) => reader.missing(madeOn(reader.board)).map((name) => [reader, name] as const));
while (performance.now() - endedAt < drainMs && lost().length > 0) await pause(100);
const stillLost = lost();
for (const [{ board }, name] of stillLost) {
  const at = madeOn(board).get(name);
  // It waited at least this long.
  if (at !== undefined) tally.noteEdit(at, performance.now());
}
const closed = clients.filter((client) => !client.isOpen()).length;

// Who only forwards has nothing to show to a newcomer.
const isKept = setup.dialect !== "forward";
const missedByNewcomers = isKept
  ? await Promise.all(
      setup.boards.map((board) =>
        countMissingNotes({
          ...setup,
          board,
          names: [...madeOn(board).keys()],
          patienceMs: newcomerPatienceMs,
        }),
      ),
    )
  : [];
const { cursorsRead, ...figures } = tally.figures();
const cursorReaders = clients.filter(({ kind }) => kind === "cursorReader").length;
const othersPerBoard = setup.clients / setup.boards.length - 1;
const cursorsPerSecond = cursorsRead / cursorReaders / othersPerBoard / ((endedAt - startedAt) / 1000);
const editsMade = [...made.values()].reduce((sum, names) => sum + names.size, 0);

if (setup.endsWithKill) {
  // In the middle of work, when the newest changes are on their way to the disk.
  doneUntil = Math.floor(performance.now());
  isActing = true;
  await pause(1_000);
  await tell({ kind: "readyForKill" });
  while (clients.some((client) => client.isOpen())) await pause(10);
}
clearInterval(beat);

const saved: Record<string, string[]> = {};
for (const client of setup.endsWithKill ? clients : []) {
  saved[client.board.id] = [...(saved[client.board.id] ?? []), ...client.savedNames()];
}
await tell({
  kind: "report",
  ...figures,
  cursorsPerSecond,
  editsMade,
  missedByReaders: stillLost.length,
  missedByNewcomers: missedByNewcomers.reduce((sum, count) => sum + count, 0),
  closed,
  megabytesPerSecond,
  saved,
});
process.exit(0);
