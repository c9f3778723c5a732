import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";
import { maxThemeTitleLength } from "../../shared/board/writeBoard.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";
import { LineField } from "../ui/fields.tsx";
import { Sheet } from "../ui/Sheet.tsx";

export type GroupNotesSheetProps = {
  readonly model: BoardModel;
  readonly notes: readonly NoteId[];
  readonly onJoin: (theme: ThemeId) => void;
  readonly onMake: (title: string) => void;
  readonly onClose: () => void;
};

/** Under which theme these notes come: one that is there, or a new one. */
export function GroupNotesSheet({ model, notes, onJoin, onMake, onClose }: GroupNotesSheetProps) {
  const { t } = useTranslation();
  const { themes, notes: all } = useObservable(model.board);
  // Where all of them are already there is nothing to join.
  const others = [...themes.values()].filter(({ id }) => notes.some((note) => all.get(note)?.theme !== id));
  return (
    <Sheet title={t("list.groupTitle", { count: notes.length })} isOpen onClose={onClose}>
      {others.length > 0 && (
        <div className="choices">
          <p className="field-label">{t("list.groupExisting")}</p>
          <div className="row">
            {others.map((theme) => (
              <Button key={theme.id} onPress={() => onJoin(theme.id)}>
                <span dir="auto">{theme.title.trim() === "" ? t("list.themeUntitled") : theme.title}</span>
              </Button>
            ))}
          </div>
        </div>
      )}
      <TitleForm
        label={others.length > 0 ? t("list.groupNew") : t("list.themeName")}
        initialTitle=""
        keep={t("list.groupMake")}
        isAsked={others.length === 0}
        onKeep={onMake}
      />
    </Sheet>
  );
}

export type RenameThemeSheetProps = {
  readonly model: BoardModel;
  readonly theme: ThemeId;
  readonly onRename: (title: string) => void;
  readonly onClose: () => void;
};

export function RenameThemeSheet({ model, theme, onRename, onClose }: RenameThemeSheetProps) {
  const { t } = useTranslation();
  const [initialTitle] = useState(() => model.board.get().themes.get(theme)?.title ?? "");
  return (
    <Sheet title={t("list.themeRename")} isOpen onClose={onClose}>
      <TitleForm
        label={t("list.themeName")}
        initialTitle={initialTitle}
        keep={t("list.themeKeep")}
        isAsked
        onKeep={onRename}
      />
    </Sheet>
  );
}

type TitleFormProps = {
  readonly label: string;
  readonly initialTitle: string;
  readonly keep: string;
  /** Nothing else is asked here: one may start typing. */
  readonly isAsked: boolean;
  readonly onKeep: (title: string) => void;
};

function TitleForm({ label, initialTitle, keep, isAsked, onKeep }: TitleFormProps) {
  const [title, setTitle] = useState(initialTitle);
  const words = title.trim();
  return (
    <form
      className="list-title-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (words !== "") onKeep(words);
      }}
    >
      <LineField
        label={label}
        value={title}
        onChange={setTitle}
        maxLength={maxThemeTitleLength}
        autoFocus={isAsked}
      />
      <Button type="submit" look="primary" isDisabled={words === ""}>
        {keep}
      </Button>
    </form>
  );
}
