/** A value that changes: what `useSyncExternalStore` wants, and nothing more. */
export type Observable<T> = {
  readonly get: () => T;
  /** Calls back after each change; the result ends it. */
  readonly subscribe: (listener: () => void) => () => void;
};

export type Source<T> = Observable<T> & {
  /** Tells listeners, unless the value is the same one. */
  readonly set: (value: T) => void;
};

export function createSource<T>(initial: T): Source<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
  };
}
