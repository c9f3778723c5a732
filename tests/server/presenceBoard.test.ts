import { expect, test } from "vitest";
import type { Member } from "../../server/relay/member.ts";
import { createPresenceBoard } from "../../server/relay/presenceBoard.ts";
import { participantIdSchema } from "../../shared/board/ids.ts";

function socketOf(name: string | null): Member {
  return {
    role: "contribute",
    participant: name === null ? null : participantIdSchema.parse(name),
    send: () => undefined,
    tell: () => undefined,
    sendWorkshopState: () => undefined,
    wantsPresence: () => true,
    ask: () => undefined,
    bufferedBytes: () => 0,
    close: () => undefined,
  };
}

const at = (x: number) => JSON.stringify({ x });

test("[R15] a device that changed networks is seen at once, while its old socket still hangs", () => {
  const presence = createPresenceBoard({ now: () => 0, elapsed: () => 0, maxBytes: 4_096 });
  const old = socketOf("alice");
  const fresh = socketOf("alice");
  presence.hear(old, [{ clientId: 7, clock: 5, json: at(1) }]);
  presence.takeChanges();

  presence.hear(fresh, [{ clientId: 7, clock: 1, json: at(2) }]);

  expect(presence.takeChanges().map(({ json }) => json)).toEqual([at(2)]);
  // The old socket ends later, and takes nothing with it.
  expect(presence.leave(old)).toBe(false);
  expect(presence.all().map(({ json }) => json)).toEqual([at(2)]);
});

test("[R13] nobody takes over the presence of another person, or of somebody unknown", () => {
  const presence = createPresenceBoard({ now: () => 0, elapsed: () => 0, maxBytes: 4_096 });
  presence.hear(socketOf("alice"), [{ clientId: 7, clock: 1, json: at(1) }]);
  presence.hear(socketOf(null), [{ clientId: 8, clock: 1, json: at(1) }]);

  expect(presence.hear(socketOf("bob"), [{ clientId: 7, clock: 9, json: at(2) }])).toBe(false);
  expect(presence.hear(socketOf(null), [{ clientId: 8, clock: 9, json: at(2) }])).toBe(false);

  expect(presence.all().map(({ json }) => json)).toEqual([at(1), at(1)]);
});
