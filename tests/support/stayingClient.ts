import * as Y from "yjs";
import { openRawClient, type RawClient } from "./rawClient.ts";

export type Goodbye = { readonly code: number; readonly word: string; readonly at: number };

/** Somebody who comes back after every goodbye with what they have, and goes on working meanwhile. */
export type StayingClient = {
  readonly doc: Y.Doc;
  /** The connection of now. */
  readonly connection: () => RawClient;
  /** Connected, and all of it confirmed. */
  readonly isSaved: () => boolean;
  readonly goodbyes: readonly Goodbye[];
  readonly close: () => void;
};

const comeBackMs = 200;

export function openStayingClient(options: {
  readonly socketUrl: string;
  readonly boardId: string;
  readonly key: string;
}): StayingClient {
  const doc = new Y.Doc();
  const goodbyes: Goodbye[] = [];
  let isGone = false;
  let timer: NodeJS.Timeout | null = null;
  let connection = connect();

  function connect(): RawClient {
    const client = openRawClient({ ...options, doc });
    client.socket.on("close", (code, word) => {
      goodbyes.push({ code, word: word.toString(), at: performance.now() });
      if (isGone) return;
      timer = setTimeout(() => {
        connection = connect();
      }, comeBackMs);
    });
    return client;
  }

  return {
    doc,
    connection: () => connection,
    isSaved: () => connection.socket.readyState === connection.socket.OPEN && connection.isSaved(),
    goodbyes,
    close() {
      isGone = true;
      if (timer !== null) clearTimeout(timer);
      connection.close();
    },
  };
}
