import { useEffect } from "react";

/** Keeps the screen from going dark while `isOn`. A browser takes the lock back whenever the page is out of sight. */
export function useAwakeScreen({ isOn }: { readonly isOn: boolean }): void {
  useEffect(() => {
    if (!isOn || !("wakeLock" in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let isOver = false;

    async function hold(): Promise<void> {
      if (document.visibilityState === "hidden" || (lock !== null && !lock.released)) return;
      try {
        const held = await navigator.wakeLock.request("screen");
        if (isOver) await held.release();
        else lock = held;
      } catch {
        // Refused, on a low battery for one: then the screen dims when it always does.
      }
    }
    const onSight = () => void hold();
    onSight();
    document.addEventListener("visibilitychange", onSight);
    return () => {
      isOver = true;
      document.removeEventListener("visibilitychange", onSight);
      void lock?.release();
    };
  }, [isOn]);
}
