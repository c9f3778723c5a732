import type { Awareness } from "y-protocols/awareness";
import type { ParticipantId } from "../../shared/board/ids.ts";
import { presenceIntervalMs } from "../../shared/protocol/limits.ts";
import { type Presence, presenceSchema } from "../../shared/protocol/presence.ts";
import type { Other } from "./boardModel.ts";
import { createSource, type Observable } from "./observable.ts";

/** Dark enough on white paper for a name, and told apart by most eyes. */
const colours = ["#2f5d8a", "#8a3f6d", "#4a6b1f", "#a3521f", "#5b4b9e", "#0f6b66", "#8a2f2f", "#5a5a2a"];

export type PresenceLink = {
  readonly others: Observable<readonly Other[]>;
  readonly show: (change: Partial<Presence>) => void;
  /** Names came with a new workshop state. */
  readonly refresh: () => void;
  readonly stop: () => void;
};

export type PresenceOptions = {
  readonly awareness: Awareness;
  readonly me: ParticipantId | null;
  readonly maySpeak: boolean;
  readonly nameOf: (participant: ParticipantId | null) => string | null;
};

/** Others' pointers, drags and open editors; our own go out at most every 50 ms, the newest last. */
export function linkPresence({ awareness, me, maySpeak, nameOf }: PresenceOptions): PresenceLink {
  let mine: Presence = {
    participant: me,
    pointer: null,
    drag: [],
    editing: null,
    caret: null,
    spotlight: null,
    isPresenting: false,
  };
  let timer: ReturnType<typeof setTimeout> | null = null;
  const others = createSource<readonly Other[]>([]);

  function send(): void {
    timer = null;
    const { spotlight, isPresenting, ...rest } = mine;
    awareness.setLocalState({
      ...rest,
      ...(spotlight === null ? {} : { spotlight }),
      ...(isPresenting ? { isPresenting } : {}),
    });
  }

  function read(): void {
    const found: Other[] = [];
    for (const [clientId, state] of awareness.getStates()) {
      if (clientId === awareness.clientID) continue;
      const presence = presenceSchema.safeParse(state);
      if (!presence.success) continue;
      const { participant, ...shown } = presence.data;
      const name = nameOf(participant);
      const colour = colourOf(participant ?? String(clientId));
      found.push({ clientId, participant, name, colour, ...shown });
    }
    others.set(found.sort((a, b) => a.clientId - b.clientId));
  }

  if (maySpeak) send();
  else awareness.setLocalState(null);
  awareness.on("change", read);
  read();
  return {
    others,
    show(change) {
      mine = { ...mine, ...change };
      if (maySpeak) timer ??= setTimeout(send, presenceIntervalMs);
    },
    refresh: read,
    stop() {
      if (timer !== null) clearTimeout(timer);
      awareness.off("change", read);
    },
  };
}

/** The same on every screen for the same person. */
export function colourOf(id: string): string {
  return colours[hash(id) % colours.length] ?? "#2f5d8a";
}

function hash(text: string): number {
  let value = 7;
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return value;
}
