import { useRef, useState } from "react";

/** Runs one at a time: a second tap before the first is done, which may come before anything is drawn, does nothing. */
export function useBusy(): readonly [isBusy: boolean, run: (work: () => Promise<void>) => void] {
  const [isBusy, setIsBusy] = useState(false);
  const isRunning = useRef(false);
  function run(work: () => Promise<void>): void {
    if (isRunning.current) return;
    isRunning.current = true;
    setIsBusy(true);
    void work().finally(() => {
      isRunning.current = false;
      setIsBusy(false);
    });
  }
  return [isBusy, run];
}
