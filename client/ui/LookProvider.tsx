import { createContext, type ReactNode, useContext, useMemo } from "react";
import { defaultLook, type Look, type Room, type ShownLook, shownLook } from "./look.ts";
import { usePageLook } from "./usePageLook.ts";
import { useRoom } from "./useRoom.ts";

export type LookOfPage = {
  /** What was asked for, and how to ask for something else. */
  readonly look: Look;
  readonly onLook: (look: Look) => void;
  readonly shown: ShownLook;
  readonly room: Room;
};

const Context = createContext<LookOfPage>({
  look: defaultLook,
  onLook: () => undefined,
  shown: shownLook(defaultLook, { isDark: false, isHighContrast: false }),
  room: "wide",
});

export type LookProviderProps = {
  readonly look: Look;
  readonly onLook: (look: Look) => void;
  readonly children: ReactNode;
};

/** Every screen, and every control on it, looks as this device wants to see it. */
export function LookProvider({ look, onLook, children }: LookProviderProps) {
  const shown = usePageLook(look);
  const room = useRoom();
  const value = useMemo(() => ({ look, onLook, shown, room }), [look, onLook, shown, room]);
  return <Context value={value}>{children}</Context>;
}

export const useLook = (): LookOfPage => useContext(Context);
