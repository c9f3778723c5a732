import { useEffect, useState } from "react";

const stirs = ["pointermove", "pointerdown", "focusin"] as const;

/** Whether anybody moved, touched or tabbed within the last so many milliseconds. */
export function useStirring(stillMs: number): boolean {
  const [isStirring, setIsStirring] = useState(true);
  useEffect(() => {
    let timer = setTimeout(() => setIsStirring(false), stillMs);
    function onStir(): void {
      setIsStirring(true);
      clearTimeout(timer);
      timer = setTimeout(() => setIsStirring(false), stillMs);
    }
    for (const name of stirs) addEventListener(name, onStir);
    return () => {
      clearTimeout(timer);
      for (const name of stirs) removeEventListener(name, onStir);
    };
  }, [stillMs]);
  return isStirring;
}
