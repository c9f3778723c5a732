import type { ParticipantId } from "../../shared/board/ids.ts";
import type { Announcement, Announcer, FeedEntry, News } from "./announcements.ts";
import type { BoardWatch } from "./boardView.ts";
import { createSource } from "./observable.ts";

export type NewsOptions = {
  readonly onOthersChange: BoardWatch["onOthersChange"];
  /** False while what comes in is what was there before. */
  readonly isNews: () => boolean;
  readonly me: ParticipantId | null;
  /** Milliseconds on the server's clock. */
  readonly now: () => number;
};

/** What others change on this board, from here on. How it is told comes with the first change: no first look needs it. */
export function watchNews({ onOthersChange, isNews, me, now }: NewsOptions): News & {
  readonly stop: () => void;
} {
  const feed = createSource<readonly FeedEntry[]>([]);
  const spoken = createSource<Announcement | null>(null);
  let announcer: Announcer | null = null;
  let loading: Promise<typeof import("./announcements.ts")> | null = null;
  let isOver = false;

  function after(ms: number, run: () => void): () => void {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  }

  const stopListening = onOthersChange((before, later) => {
    if (!isNews()) return;
    // Asked for once, and again only when that failed: looking up what is there already takes a browser a while.
    loading ??= import("./announcements.ts");
    loading
      .then(({ changesBetween, createAnnouncements }) => {
        if (isOver) return;
        announcer ??= createAnnouncements({ now, after, feed, spoken });
        announcer.hear(changesBetween(before, later, me));
      })
      .catch(() => {
        // Cut off before its first change: then there is nobody to tell of, and the next change asks again.
        loading = null;
      });
  });
  return {
    feed,
    spoken,
    stop() {
      isOver = true;
      stopListening();
      announcer?.stop();
    },
  };
}
