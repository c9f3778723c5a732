import { type NoteId, noteIdSchema } from "../../shared/board/ids.ts";
import { readBoard } from "../../shared/board/readBoard.ts";
import { BoardWriter } from "../../shared/board/writeBoard.ts";
import { messageSaved } from "../../shared/protocol/messages.ts";
import type { RawClient } from "./rawClient.ts";
import { mustWork, newNote } from "./writers.ts";

/** A person's own notes, each as one line: id, text and whether it is in the bin. */
export type OwnNotes = readonly string[];
/** What a device had after so many sync frames. */
type Moment = { readonly sent: number; readonly sentAt: number; readonly notes: OwnNotes };

/** Where the server was cut off, as this person's changes show it. */
export type CutOff = {
  /** Sent, and lost with the server: allowed, because nobody called it saved. */
  readonly lost: number;
  /** On disk, though the word *saved* never arrived. */
  readonly keptUnsaid: number;
};

/**
 * Somebody who adds, rewords, removes and restores notes of their own, one change per frame. A device sends its
 * changes in order, so what is on disk must be what it had at one moment, and none before the last one called saved.
 */
export class Typist {
  readonly client: RawClient;
  readonly prefix: string;
  /** Milliseconds from each change to its confirmation. */
  readonly waits: number[] = [];
  readonly #moments: Moment[] = [{ sent: 0, sentAt: 0, notes: [] }];
  readonly #writer: BoardWriter;
  readonly #lines = new Map<NoteId, { text: string; isRemoved: boolean }>();
  #step = 0;
  #confirmed = 0;

  constructor(client: RawClient, prefix: string) {
    this.client = client;
    this.prefix = prefix;
    this.#writer = new BoardWriter({
      doc: client.doc,
      now: Date.now,
      createNoteId: () => noteIdSchema.parse(`${prefix}-${this.#lines.size}`),
      actor: () => null,
    });
    client.socket.on("message", (data: Buffer) => {
      if (data[0] === messageSaved) this.#noteSaved();
    });
  }

  type(): void {
    if (this.client.socket.readyState !== this.client.socket.OPEN) return;
    const step = this.#step;
    this.#step += 1;
    const ids = [...this.#lines.keys()];
    const [older, latest] = [ids.at(-2), ids.at(-1)];
    if (latest === undefined || step % 5 === 0) this.#add(`briefje ${step}`);
    else if (step % 5 === 3 && older !== undefined) this.#bin(older, true);
    else if (step % 10 === 4 && older !== undefined) this.#bin(older, false);
    else this.#reword(latest, `in stap ${step} opnieuw gezegd`);
    const notes = [...this.#lines].map(([id, { text, isRemoved }]) => lineOf(id, text, isRemoved)).sort();
    this.#moments.push({ sent: this.client.sent(), sentAt: performance.now(), notes });
  }

  #add(text: string): void {
    this.#lines.set(mustWork(this.#writer.addNote(newNote(text))), { text, isRemoved: false });
  }

  #reword(id: NoteId, text: string): void {
    mustWork(this.#writer.rewordNote(id, text));
    this.#lines.set(id, { text, isRemoved: this.#lines.get(id)?.isRemoved ?? false });
  }

  #bin(id: NoteId, isRemoved: boolean): void {
    mustWork(isRemoved ? this.#writer.removeNote(id) : this.#writer.restoreNote(id));
    this.#lines.set(id, { text: this.#lines.get(id)?.text ?? "", isRemoved });
  }

  #noteSaved(): void {
    const saved = this.client.saved();
    for (let next = this.#moments[this.#confirmed + 1]; next !== undefined && next.sent <= saved; ) {
      this.#confirmed += 1;
      this.waits.push(performance.now() - next.sentAt);
      next = this.#moments[this.#confirmed + 1];
    }
  }

  /** How many changes were called saved so far. */
  confirmed(): number {
    return this.#confirmed;
  }

  confirmedNotes(): OwnNotes {
    return this.#moments[this.#confirmed]?.notes ?? [];
  }

  /**
   * Where the server was cut off when it has these notes now; null when they are none that may be there. `confirmed`:
   * how many changes were called saved by then.
   */
  cutOffAt(served: OwnNotes, confirmed = this.#confirmed): CutOff | null {
    const words = served.join("\n");
    const at = this.#moments.findIndex(
      ({ notes }, index) => index >= confirmed && notes.join("\n") === words,
    );
    return at < 0 ? null : { lost: this.#moments.length - 1 - at, keptUnsaid: at - confirmed };
  }
}

/** Everybody's notes on a board. */
export function notesByPerson(doc: RawClient["doc"]): ReadonlyMap<string, OwnNotes> {
  const notes = new Map<string, string[]>();
  for (const note of readBoard(doc).notes.values()) {
    const person = note.id.slice(0, note.id.lastIndexOf("-"));
    const lines = notes.get(person) ?? [];
    notes.set(person, lines);
    lines.push(lineOf(note.id, note.text, note.removed !== null));
  }
  for (const lines of notes.values()) lines.sort();
  return notes;
}

export function ownNotesIn(doc: RawClient["doc"], prefix: string): OwnNotes {
  return notesByPerson(doc).get(prefix) ?? [];
}

function lineOf(id: NoteId, text: string, isRemoved: boolean): string {
  return `${id}: ${text}${isRemoved ? " (bin)" : ""}`;
}
