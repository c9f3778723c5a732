import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Rectangle } from "../../shared/board/geometry.ts";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { told } from "../model/noteActions.ts";
import { useObservable } from "../model/useObservable.ts";
import { Beside } from "../ui/Beside.tsx";
import { Button } from "../ui/Button.tsx";
import { LineField } from "../ui/fields.tsx";
import { isComposing } from "../ui/isComposing.ts";

type Shared = { readonly model: BoardModel; readonly beside: Rectangle; readonly onClose: () => void };

/** Notes that lie together get a name, if anybody wants that; otherwise they just lie there. */
export function NewTheme({ model, notes, beside, onClose }: Shared & { readonly notes: readonly NoteId[] }) {
  const { t } = useTranslation();
  const board = useObservable(model.board);
  const areThere = notes.every((id) => board.notes.has(id));
  useEffect(() => {
    if (!areThere) onClose();
  }, [areThere, onClose]);
  return (
    <ThemeNamer
      initial=""
      keep={t("hands.themeMake")}
      leave={t("hands.themeNo")}
      beside={beside}
      onClose={onClose}
      onKeep={(name) => {
        // Before the question is closed: whoever closes it without a theme wants none.
        const made = told(model, model.makeTheme(notes, name));
        onClose();
        if (made.ok) model.selection.clear();
      }}
    />
  );
}

export function ThemeName({ model, theme, beside, onClose }: Shared & { readonly theme: ThemeId }) {
  const { t } = useTranslation();
  const named = useObservable(model.board).themes.get(theme);
  const isGone = named === undefined;
  useEffect(() => {
    if (isGone) onClose();
  }, [isGone, onClose]);
  return (
    <ThemeNamer
      initial={named?.title ?? ""}
      keep={t("hands.themeKeep")}
      leave={t("hands.themeLeave")}
      beside={beside}
      onClose={onClose}
      onKeep={(name) => {
        onClose();
        told(model, model.renameTheme(theme, name));
      }}
    />
  );
}

type ThemeNamerProps = {
  readonly initial: string;
  readonly keep: string;
  readonly leave: string;
  readonly beside: Rectangle;
  readonly onKeep: (name: string) => void;
  readonly onClose: () => void;
};

/** CSS pixels that the page's own tools take. */
const covered = { top: 70, bottom: 70 };

/** A slip of paper beside the notes, in nobody's way: everything else goes on while it asks. */
function ThemeNamer({ initial, keep, leave, beside, onKeep, onClose }: ThemeNamerProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(initial);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    form.current?.querySelector("input")?.select();
    return () => {
      // Only if the focus would otherwise be nowhere: somebody may have gone on elsewhere.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);

  // Whoever goes on with the board without a name wants none.
  useEffect(() => {
    function onPointerDown(event: PointerEvent): void {
      const isOnBoard = event.target instanceof Element && event.target.closest(".board-canvas") !== null;
      if (isOnBoard && name.trim() === initial.trim()) onClose();
    }
    document.addEventListener("pointerdown", onPointerDown, { capture: true });
    return () => document.removeEventListener("pointerdown", onPointerDown, { capture: true });
  }, [name, initial, onClose]);

  return (
    <div className="hands-over">
      <Beside at={beside} covered={covered}>
        <form
          ref={form}
          className="theme-namer paper"
          aria-label={t("hands.themeName")}
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            onKeep(name.trim());
          }}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || isComposing(event.nativeEvent)) return;
            event.preventDefault();
            onClose();
          }}
        >
          <LineField label={t("hands.themeName")} value={name} onChange={setName} maxLength={200} autoFocus />
          <div className="row">
            <Button type="submit" look="primary">
              {keep}
            </Button>
            <Button onPress={onClose}>{leave}</Button>
          </div>
        </form>
      </Beside>
    </div>
  );
}
