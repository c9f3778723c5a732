import { useTranslation } from "react-i18next";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";
import type { Language } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { Button } from "../ui/Button.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { NoteMenu } from "./NoteMenu.tsx";
import type { NoteActs } from "./noteActs.ts";
import { ThemeMenu } from "./ThemeMenu.tsx";
import { GroupNotesSheet, RenameThemeSheet } from "./ThemeSheet.tsx";

/** What lies over the list now. */
export type Overlay =
  | { readonly kind: "noteMenu"; readonly notes: readonly NoteId[]; readonly anchor: Element }
  | { readonly kind: "themeMenu"; readonly theme: ThemeId; readonly anchor: Element }
  | { readonly kind: "group"; readonly notes: readonly NoteId[] }
  | { readonly kind: "rename"; readonly theme: ThemeId }
  | { readonly kind: "remove"; readonly notes: readonly NoteId[] };

export type ListOverlaysProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly acts: NoteActs;
  readonly overlay: Overlay;
  /** Null closes. */
  readonly onOverlay: (overlay: Overlay | null) => void;
  readonly onEdit: (note: NoteId) => void;
  readonly onRemove: (notes: readonly NoteId[]) => void;
  /** All is done: on with this note, or with this theme. */
  readonly onDone: (next: { readonly note?: NoteId; readonly theme?: ThemeId }) => void;
};

/** Menus and dialogs of the list: they come when somebody asks for one. */
export function ListOverlays(props: ListOverlaysProps) {
  const { model, language, acts, overlay, onOverlay, onEdit, onRemove, onDone } = props;
  const close = () => onOverlay(null);
  const notes = "notes" in overlay ? overlay.notes : [];
  const [first] = notes;
  const goOn = () => onDone(first === undefined ? {} : { note: first });
  switch (overlay.kind) {
    case "noteMenu":
      return (
        <NoteMenu
          model={model}
          language={language}
          notes={notes}
          anchor={overlay.anchor}
          acts={acts}
          onClose={close}
          onDone={goOn}
          onEdit={() => first !== undefined && onEdit(first)}
          onGroup={() => onOverlay({ kind: "group", notes })}
          onRemove={() => onRemove(notes)}
        />
      );
    case "themeMenu":
      return (
        <ThemeMenu
          model={model}
          theme={overlay.theme}
          anchor={overlay.anchor}
          onClose={close}
          onRename={() => onOverlay({ kind: "rename", theme: overlay.theme })}
          onChoose={() => {
            const members = model.board.get().themes.get(overlay.theme)?.notes ?? [];
            model.selection.set(members.map(({ id }) => id));
            onDone({ theme: overlay.theme });
          }}
          onDissolve={() => {
            const [note] = model.board.get().themes.get(overlay.theme)?.notes ?? [];
            acts.dissolveTheme(overlay.theme);
            onDone(note === undefined ? {} : { note: note.id });
          }}
        />
      );
    case "group":
      return (
        <GroupNotesSheet
          model={model}
          notes={notes}
          onClose={goOn}
          onJoin={(theme) => {
            acts.joinTheme(notes, theme);
            goOn();
          }}
          onMake={(title) => {
            acts.makeTheme(notes, title);
            goOn();
          }}
        />
      );
    case "rename":
      return (
        <RenameThemeSheet
          model={model}
          theme={overlay.theme}
          onClose={() => onDone({ theme: overlay.theme })}
          onRename={(title) => {
            acts.renameTheme(overlay.theme, title);
            onDone({ theme: overlay.theme });
          }}
        />
      );
    case "remove":
      return (
        <RemoveSheet
          count={notes.length}
          onClose={goOn}
          onRemove={() => {
            acts.remove(notes);
            goOn();
          }}
        />
      );
  }
}

type RemoveSheetProps = {
  readonly count: number;
  readonly onClose: () => void;
  readonly onRemove: () => void;
};

function RemoveSheet({ count, onClose, onRemove }: RemoveSheetProps) {
  const { t } = useTranslation();
  return (
    <Sheet title={t("list.removeTitle", { count })} isOpen onClose={onClose}>
      <p>{t("list.removeLead")}</p>
      <div className="row">
        <Button look="danger" size="large" onPress={onRemove}>
          {t("common.remove")}
        </Button>
        <Button size="large" onPress={onClose}>
          {t("list.removeKeep")}
        </Button>
      </div>
    </Sheet>
  );
}
