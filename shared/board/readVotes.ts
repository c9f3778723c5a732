import * as Y from "yjs";
import {
  metaKeys,
  metaOf,
  noteKeys,
  notesOf,
  parseVoteKey,
  unnamedParticipant,
  votesOf,
} from "./boardDocument.ts";
import { type NoteId, noteIdSchema, type ParticipantId, participantIdSchema } from "./ids.ts";
import { maxVotesPerNote, removedSchema } from "./note.ts";
import { type Voting, votingSchema } from "./voting.ts";

/*
 * Who gave which note how many dots. While there is a round nobody's dots count for more than the round gives, even if
 * they were given on two devices at once or before the facilitator made the round smaller: the first by note id count.
 * Dots on notes in the bin are free to be given again.
 */

export type VoteCounts = ReadonlyMap<string, number>;

export type Votes = {
  /** Per note, of all people together. */
  readonly sums: VoteCounts;
  readonly given: ReadonlyMap<ParticipantId, ReadonlyMap<NoteId, number>>;
  /** How many different people gave at least one dot to a note that is on the board. */
  readonly voters: number;
};

/** An import knows the sum of many people's votes, not who gave them. */
const maxVotesUnnamed = 100_000;

/** The round of dots on this board; null while there never was one, or when what stands there cannot be read. */
export function readVoting(doc: Y.Doc): Voting | null {
  const voting = votingSchema.safeParse(metaOf(doc).get(metaKeys.voting));
  return voting.success ? voting.data : null;
}

/** A count that is not a small whole number counts as none. */
export function readVotes(doc: Y.Doc): Votes {
  const dots = readVoting(doc)?.dots ?? Number.POSITIVE_INFINITY;
  const sums = new Map<string, number>();
  const given = new Map<ParticipantId, Map<NoteId, number>>();
  const left = new Map<ParticipantId, number>();
  // Two peers list the same entries in different orders.
  for (const [key, value] of [...votesOf(doc).entries()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const vote = readVote(key, value);
    if (vote === null) continue;
    const isHere = isOnBoard(notesOf(doc).get(vote.note));
    let { count } = vote;
    if (vote.participant !== null && isHere) {
      const room = left.get(vote.participant) ?? dots;
      count = Math.min(count, room);
      left.set(vote.participant, room - count);
    }
    if (count === 0) continue;
    sums.set(vote.note, Math.min((sums.get(vote.note) ?? 0) + count, maxVotesUnnamed));
    if (vote.participant === null || !isHere) continue;
    const own = given.get(vote.participant);
    if (own === undefined) given.set(vote.participant, new Map([[vote.note, count]]));
    else own.set(vote.note, count);
  }
  return { sums, given, voters: given.size };
}

/** How many dots a participant gave each note on the board. */
export function readVotesBy(doc: Y.Doc, participant: ParticipantId): ReadonlyMap<NoteId, number> {
  return readVotes(doc).given.get(participant) ?? new Map();
}

type Vote = { readonly note: NoteId; readonly participant: ParticipantId | null; readonly count: number };

function readVote(key: string, value: unknown): Vote | null {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1) return null;
  const parsed = parseVoteKey(key);
  const note = noteIdSchema.safeParse(parsed?.note);
  const participant = participantIdSchema.safeParse(parsed?.participant);
  if (!note.success || !participant.success) return null;
  const isUnnamed = participant.data === unnamedParticipant;
  if (value > (isUnnamed ? maxVotesUnnamed : maxVotesPerNote)) return null;
  return { note: note.data, participant: isUnnamed ? null : participant.data, count: value };
}

/** As `readNote` decides it, without reading the rest. */
function isOnBoard(entry: unknown): boolean {
  if (!(entry instanceof Y.Map) || entry.get(noteKeys.withdrawn) === true) return false;
  return !removedSchema.safeParse(entry.get(noteKeys.removed)).success;
}
