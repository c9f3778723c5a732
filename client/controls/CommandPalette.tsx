import { StickyNote } from "lucide-react";
import { useMemo, useState } from "react";
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  Text,
  TextField,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { NoteId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardAction } from "../model/boardAction.ts";
import { boardActions } from "../model/boardActions.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { search } from "../model/searchRank.ts";
import { useObservable } from "../model/useObservable.ts";
import { ZonePicture } from "../ui/pictures.tsx";
import { ActionIcon } from "./ActionIcon.tsx";
import { actionWords, strokeWords } from "./actionWords.ts";
import "./menu.css";

/** Something of the page around the board, with its words. */
export type ExtraAction = { readonly id: string; readonly name: string; readonly run: () => void };

export type CommandPaletteProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly extras: readonly ExtraAction[];
  readonly initialQuery: string;
  readonly onClose: () => void;
};

/** What fits on a screen: who does not find it types one letter more. */
const mostActions = 8;
const mostNotes = 12;

/** Search for whatever can be done, and for notes by their words. */
export function CommandPalette({ model, language, extras, initialQuery, onClose }: CommandPaletteProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState(initialQuery);
  const board = useObservable(model.board);
  const possible = useMemo(
    () =>
      boardActions
        // Moving by arrows is for the keys alone, and this is the palette itself.
        .filter(({ id }) => !id.startsWith("nudge.") && id !== "palette")
        .filter((action) => action.isAvailable(model))
        .map((action) => ({
          action,
          name: actionWords(action.name, t, { template: model.template, language }),
        })),
    [model, language, t],
  );
  const actions = search(possible, ({ name }) => name, query).slice(
    0,
    query === "" ? mostActions : mostActions + 4,
  );
  const others = query === "" ? [] : search(extras, ({ name }) => name, query);
  const notes =
    query.trim() === "" ? [] : search(board.notes.values(), ({ text }) => text, query).slice(0, mostNotes);

  function choose(key: string | number): void {
    onClose();
    possible.find(({ action }) => `do ${action.id}` === key)?.action.run(model);
    extras.find(({ id }) => `extra ${id}` === key)?.run();
    const note = notes.find(({ id }) => `note ${id}` === key);
    if (note !== undefined) show(note.id);
  }

  function show(note: NoteId): void {
    model.selection.set([note]);
    model.hands.tree.get()?.show(note);
  }

  return (
    <ModalOverlay
      className="overlay palette-overlay"
      isDismissable
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className="dialog-frame">
        <Dialog className="palette" aria-label={t("palette.title")}>
          <Autocomplete inputValue={query} onInputChange={setQuery}>
            <TextField className="palette-field" aria-label={t("palette.placeholder")} autoFocus>
              <Input className="input" dir="auto" enterKeyHint="go" placeholder={t("palette.placeholder")} />
            </TextField>
            <ListBox
              className="palette-list"
              aria-label={t("palette.title")}
              onAction={choose}
              renderEmptyState={() => <p className="palette-nothing">{t("palette.nothing")}</p>}
            >
              {actions.length + others.length > 0 && (
                <ListBoxSection>
                  <Header className="menu-title">{t("palette.actions")}</Header>
                  {actions.map(({ action, name }) => (
                    <FoundAction key={action.id} action={action} name={name} />
                  ))}
                  {others.map(({ id, name }) => (
                    <ListBoxItem key={id} id={`extra ${id}`} className="menu-item" textValue={name}>
                      <Text slot="label">{name}</Text>
                    </ListBoxItem>
                  ))}
                </ListBoxSection>
              )}
              {notes.length > 0 && (
                <ListBoxSection>
                  <Header className="menu-title">{t("palette.notes")}</Header>
                  {notes.map((note) => (
                    <FoundNote
                      key={note.id}
                      note={note}
                      zone={zoneOf(model.template, note.placement.zone).title[language]}
                    />
                  ))}
                </ListBoxSection>
              )}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function FoundAction({ action, name }: { readonly action: BoardAction; readonly name: string }) {
  const { t } = useTranslation();
  const [stroke] = action.keys;
  return (
    <ListBoxItem id={`do ${action.id}`} className="menu-item" textValue={name}>
      <ActionIcon action={action} />
      <Text slot="label">{name}</Text>
      {stroke !== undefined && <kbd className="stroke">{strokeWords(stroke, t)}</kbd>}
    </ListBoxItem>
  );
}

function FoundNote({ note, zone }: { readonly note: Note; readonly zone: string }) {
  return (
    <ListBoxItem id={`note ${note.id}`} className="menu-item" textValue={`${note.text} ${zone}`}>
      {note.placement.zone === "unplaced" ? (
        <StickyNote size={20} aria-hidden="true" />
      ) : (
        <ZonePicture zone={note.placement.zone} size={24} />
      )}
      <Text slot="label" dir="auto" className="palette-note">
        {note.text}
      </Text>
    </ListBoxItem>
  );
}
