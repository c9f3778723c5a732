/** The simulation found something wrong; anything else that is thrown is a bug, of whichever part. */
export class HistoryFailure extends Error {}

/** Where what goes wrong is gathered: the first thing counts. */
export type Verdict = {
  readonly fail: (message: string) => never;
  /** Nothing may be thrown at the relay, which would take it for its own; the history ends soon after. */
  readonly guard: (check: () => void) => void;
  readonly note: (error: unknown) => void;
  readonly throwIfFailed: () => void;
};

export function createVerdict(): Verdict {
  let failure: Error | null = null;

  function note(error: unknown): void {
    failure ??= error instanceof Error ? error : new HistoryFailure(String(error));
  }

  return {
    fail(message) {
      failure ??= new HistoryFailure(message);
      throw failure;
    },
    guard(check) {
      try {
        check();
      } catch (error) {
        note(error);
      }
    },
    note,
    throwIfFailed() {
      if (failure !== null) throw failure;
    },
  };
}
