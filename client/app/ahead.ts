/*
 * What is asked of the server while the page's own scripts are still on their way. It stands on nothing of them: what
 * it asks for they ask for again, get the answer that was on its way, and check it.
 */

/** A question that is on its way already, and its answer. */
export type Asked = {
  readonly path: string;
  readonly authorization: string;
  readonly response: Promise<Response>;
};

/** Asks for the board that the address names, if it looks like one. */
export function askAhead({ pathname, hash }: Pick<Location, "pathname" | "hash">): Asked | null {
  const id = /^\/board\/([0-9a-z]+)$/.exec(pathname)?.[1];
  if (id === undefined || hash.length < 2) return null;
  const path = `/api/boards/${id}`;
  const authorization = `Bearer ${hash.slice(1)}`;
  const response = fetch(path, { headers: { authorization } });
  // Who takes it hears of what goes wrong; nobody will, if the scripts do not come either.
  response.catch(() => undefined);
  return { path, authorization, response };
}

/** Asks as `ask` does, except for what was asked ahead: who asks for that first gets the answer that is on its way. */
export function withAsked(asked: Asked | null, ask: typeof fetch): typeof fetch {
  let waiting = asked;
  return (input, init) => {
    const authorization = new Headers(init?.headers).get("authorization");
    if (waiting === null || input !== waiting.path || authorization !== waiting.authorization) {
      return ask(input, init);
    }
    const { response } = waiting;
    waiting = null;
    return response;
  };
}
