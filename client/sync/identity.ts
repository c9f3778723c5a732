import { z } from "zod";
import { type BoardId, participantIdSchema, workshopIdSchema } from "../../shared/board/ids.ts";
import { sourceSchema, voiceSchema } from "../../shared/board/note.ts";
import { zoneIdSchema } from "../../shared/board/placement.ts";
import type { Language } from "../../shared/template/template.ts";
import {
  type BoardAnswer,
  boardAnswerSchema,
  keySchema,
  participantTokenSchema,
} from "../../shared/workshop/api.ts";
import { languageSchema } from "../../shared/workshop/workshop.ts";
import { defaultLook, type Look, lookSchema } from "../ui/look.ts";

/*
 * What this browser remembers, so that a reload is the same person with the same half-written note. The only file
 * that touches local storage; what lies there is input like any other.
 */

const participantSchema = z.object({
  id: participantIdSchema,
  token: participantTokenSchema,
  voice: voiceSchema.nullable(),
  kind: sourceSchema,
});
export type DeviceParticipant = z.infer<typeof participantSchema>;

/** UTF-16 units; a long paste is more than a note and still somebody's work. */
const maxDraftLength = 200_000;
const draftSchema = z.object({ text: z.string().max(maxDraftLength), zone: zoneIdSchema });
export type Draft = z.infer<typeof draftSchema>;

/** How this device last looked at a board: the drawing, the list, or both beside each other. */
const boardViewSchema = z.enum(["tree", "both", "list"]);
export type BoardViewKind = z.infer<typeof boardViewSchema>;

const workshopsSchema = z.array(z.object({ id: workshopIdSchema, key: keySchema, title: z.string() }));
export type KnownWorkshop = z.infer<typeof workshopsSchema>[number];

/** With when it was heard, by the clock of this device; answers of earlier versions do not say. */
const rememberedAnswerSchema = boardAnswerSchema.extend({ heardAt: z.number().optional() });

export type Device = {
  /** False in private windows that refuse to keep anything. */
  readonly isKeeping: boolean;
  readonly language: () => Language | null;
  readonly rememberLanguage: (language: Language) => void;
  readonly look: () => Look;
  readonly rememberLook: (look: Look) => void;
  readonly boardView: () => BoardViewKind | null;
  readonly rememberBoardView: (view: BoardViewKind) => void;
  readonly participant: (board: BoardId) => DeviceParticipant | null;
  readonly rememberParticipant: (board: BoardId, participant: DeviceParticipant) => void;
  readonly draft: (board: BoardId) => Draft | null;
  readonly rememberDraft: (board: BoardId, draft: Draft) => void;
  /** The facts of a board as last heard, with the time that it is on the server now: an offline reload opens with them. */
  readonly boardAnswer: (board: BoardId) => BoardAnswer | null;
  readonly rememberBoardAnswer: (board: BoardId, answer: BoardAnswer) => void;
  /** Whether what others do is not to be said aloud. */
  readonly isSilent: () => boolean;
  readonly rememberSilence: (isSilent: boolean) => void;
  readonly workshops: () => readonly KnownWorkshop[];
  readonly rememberWorkshop: (workshop: KnownWorkshop) => void;
};

type Keeper = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const mostWorkshops = 10;

/** `storage` is null where the browser has none; `now` is the clock of this device, milliseconds. */
export function createDevice(storage: Keeper | null, now: () => number = Date.now): Device {
  const isKeeping = storage !== null && canKeep(storage);
  const keeper = createKeeper(storage);

  function read<T>(key: string, schema: z.ZodType<T>): T | null {
    const text = keeper.getItem(`collaboration-tree/${key}`);
    if (text === null) return null;
    try {
      const parsed = schema.safeParse(JSON.parse(text));
      return parsed.success ? parsed.data : null;
    } catch {
      // Not JSON: somebody else's, or cut short. Nothing remembered is better than a crash.
      return null;
    }
  }

  function write(key: string, value: unknown): void {
    keeper.setItem(`collaboration-tree/${key}`, JSON.stringify(value));
  }

  const workshops = () => read("workshops", workshopsSchema) ?? [];
  return {
    isKeeping,
    language: () => read("language", languageSchema),
    rememberLanguage: (language) => write("language", language),
    look: () => read("look", lookSchema) ?? defaultLook,
    rememberLook: (look) => write("look", look),
    boardView: () => read("view", boardViewSchema),
    rememberBoardView: (view) => write("view", view),
    participant: (board) => read(`participant/${board}`, participantSchema),
    rememberParticipant: (board, participant) => write(`participant/${board}`, participant),
    draft: (board) => read(`draft/${board}`, draftSchema),
    rememberDraft: (board, { text, zone }) =>
      write(`draft/${board}`, { text: text.slice(0, maxDraftLength), zone }),
    boardAnswer(board) {
      const remembered = read(`board/${board}`, rememberedAnswerSchema);
      if (remembered === null) return null;
      const { heardAt, ...answer } = remembered;
      return { ...answer, serverTime: heardAt === undefined ? now() : answer.serverTime + now() - heardAt };
    },
    rememberBoardAnswer: (board, answer) => write(`board/${board}`, { ...answer, heardAt: now() }),
    isSilent: () => read("silent", z.boolean()) ?? false,
    rememberSilence: (isSilent) => write("silent", isSilent),
    workshops,
    rememberWorkshop(workshop) {
      const others = workshops().filter(({ id }) => id !== workshop.id);
      write("workshops", [workshop, ...others].slice(0, mostWorkshops));
    },
  };
}

function canKeep(storage: Keeper): boolean {
  try {
    storage.setItem("collaboration-tree/probe", "1");
    storage.removeItem("collaboration-tree/probe");
    return true;
  } catch {
    // Private windows of some browsers throw here.
    return false;
  }
}

/** What the storage will not take is kept until the page closes; what it already holds is read all the same. */
function createKeeper(storage: Keeper | null): Pick<Keeper, "getItem" | "setItem"> {
  const untilClosed = new Map<string, string>();
  return {
    getItem(key) {
      const recent = untilClosed.get(key);
      if (recent !== undefined) return recent;
      try {
        return storage?.getItem(key) ?? null;
      } catch {
        // Blocked while the page was open.
        return null;
      }
    },
    setItem(key, value) {
      try {
        if (storage === null) throw new Error("no storage");
        storage.setItem(key, value);
        // From here on what another tab writes counts, too.
        untilClosed.delete(key);
      } catch {
        // Full, or a private window that refuses.
        untilClosed.set(key, value);
      }
    },
  };
}
