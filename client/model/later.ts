import { useEffect } from "react";
import { createSource, type Observable } from "./observable.ts";
import { useObservable } from "./useObservable.ts";

/**
 * Code that comes after the first look: null until it is here. Without a connection it stays null, harms nothing, and
 * comes when it is wanted again.
 */
export type Later<T> = Observable<T | null> & {
  /** False when it could not come now. */
  readonly want: () => Promise<boolean>;
};

export function createLater<T>(load: () => Promise<T>): Later<T> {
  const part = createSource<T | null>(null);
  let coming: Promise<boolean> | null = null;

  async function bring(): Promise<boolean> {
    try {
      part.set(await load());
    } catch {
      // Cut off from the server: whoever wants it is told, and the next wish tries anew.
    }
    coming = null;
    return part.get() !== null;
  }

  return {
    get: part.get,
    subscribe: part.subscribe,
    want() {
      if (part.get() !== null) return Promise.resolve(true);
      coming ??= bring();
      return coming;
    },
  };
}

/** The part as soon as it is here; as long as somebody wants it each new connection tries again. */
export function useLater<T>(later: Later<T>, { isWanted }: { readonly isWanted: boolean }): T | null {
  useEffect(() => {
    if (!isWanted) return;
    const want = () => void later.want();
    want();
    addEventListener("online", want);
    return () => removeEventListener("online", want);
  }, [later, isWanted]);
  return useObservable(later);
}
