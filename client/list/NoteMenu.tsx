import {
  ArrowDown,
  ArrowUp,
  CircleMinus,
  CirclePlus,
  Copy,
  Group,
  Pencil,
  Star,
  StarOff,
  Trash2,
  Ungroup,
} from "lucide-react";
import { Header, MenuSection } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { NoteId } from "../../shared/board/ids.ts";
import { voices } from "../../shared/board/note.ts";
import { zoneIds } from "../../shared/board/placement.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { dotsNow, dotsOf } from "../model/dotsNow.ts";
import { useObservable } from "../model/useObservable.ts";
import { siblingsOf } from "../model/zoneOutline.ts";
import { VoiceMark, ZonePicture } from "../ui/pictures.tsx";
import { ChoiceItem, MenuFrame } from "./MenuFrame.tsx";
import type { NoteActs } from "./noteActs.ts";

export type NoteMenuProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly notes: readonly NoteId[];
  readonly anchor: Element;
  readonly acts: NoteActs;
  readonly onClose: () => void;
  /** Something was done; attention goes back to the note. */
  readonly onDone: () => void;
  readonly onEdit: () => void;
  readonly onGroup: () => void;
  readonly onRemove: () => void;
};

/** Everything that can be done with one note, or with several at once. */
export function NoteMenu(props: NoteMenuProps) {
  const { model, language, notes: ids, anchor, acts, onClose, onDone, onEdit, onGroup, onRemove } = props;
  const { t } = useTranslation();
  const board = useObservable(model.board);
  const notes = ids.flatMap((id) => board.notes.get(id) ?? []);
  const [first] = notes;
  if (first === undefined) return null;
  const one = notes.length === 1 ? first : null;
  const text = first.text === "" && first.drawing !== null ? t("list.drawing") : first.text;
  const title =
    one === null ? t("list.severalActions", { count: notes.length }) : t("list.actions", { text: text });
  const isUnder = notes.some(({ theme }) => theme !== null && board.themes.has(theme));
  const voice = notes.every((note) => note.voice === first.voice) ? first.voice : null;
  const then = (act: () => void) => () => {
    act();
    onDone();
  };
  return (
    <MenuFrame title={title} anchor={anchor} onClose={onClose}>
      {one !== null && <ChoiceItem icon={<Pencil size={20} />} label={t("list.edit")} onChoose={onEdit} />}
      <MenuSection className="list-menu-pair" aria-label={t("voice.label")}>
        <Header className="list-menu-head">{t("voice.label")}</Header>
        {voices.map((choice) => (
          <ChoiceItem
            key={choice}
            icon={<VoiceMark voice={choice} />}
            label={t(`voice.${choice}`)}
            {...(choice === voice ? { look: "now" as const } : {})}
            onChoose={then(() => acts.markVoice(ids, choice))}
          />
        ))}
      </MenuSection>
      <MenuSection className="list-menu-pair" aria-label={t("list.move")}>
        <Header className="list-menu-head">{t("list.move")}</Header>
        {zoneIds
          .filter((zone) => notes.some((note) => note.placement.zone !== zone))
          .map((zone) => (
            <ChoiceItem
              key={zone}
              icon={<ZonePicture zone={zone} size={24} />}
              label={
                zone === "unplaced"
                  ? t("list.moveBeside")
                  : t("list.moveTo", { zone: zoneOf(model.template, zone).title[language] })
              }
              onChoose={then(() => acts.moveToZone(ids, zone))}
            />
          ))}
        {one !== null && <OrderItems {...props} note={one.id} />}
      </MenuSection>
      <MenuSection className="list-menu-pair" aria-label={title}>
        <ChoiceItem icon={<Group size={20} />} label={t("list.group")} onChoose={onGroup} />
        {isUnder && (
          <ChoiceItem
            icon={<Ungroup size={20} />}
            label={t("list.leaveTheme")}
            onChoose={then(() => acts.leaveTheme(ids))}
          />
        )}
        {one !== null && <DotItems {...props} note={one.id} />}
        {one !== null && <HighlightItem {...props} note={one.id} />}
        <ChoiceItem
          icon={<Copy size={20} />}
          label={t("list.duplicate")}
          onChoose={then(() => acts.duplicate(ids))}
        />
        <ChoiceItem
          icon={<Trash2 size={20} />}
          label={t("common.remove")}
          look="danger"
          onChoose={onRemove}
        />
      </MenuSection>
    </MenuFrame>
  );
}

type ItemsProps = NoteMenuProps & { readonly note: NoteId };

function OrderItems({ model, acts, note: id, onDone }: ItemsProps) {
  const { t } = useTranslation();
  const board = useObservable(model.board);
  const note = board.notes.get(id);
  const siblings = note === undefined ? [] : siblingsOf(note, board, model.template.noteSize);
  const then = (act: () => void) => () => {
    act();
    onDone();
  };
  return (
    <>
      <ChoiceItem
        icon={<ArrowUp size={20} />}
        label={t("list.earlier")}
        isDisabled={siblings[0]?.id === id}
        onChoose={then(() => acts.moveInOrder(id, -1))}
      />
      <ChoiceItem
        icon={<ArrowDown size={20} />}
        label={t("list.later")}
        isDisabled={siblings.at(-1)?.id === id}
        onChoose={then(() => acts.moveInOrder(id, 1))}
      />
    </>
  );
}

/** The menu stays: who gives two dots gives them in a row. */
function DotItems({ model, acts, note: id }: ItemsProps) {
  const { t } = useTranslation();
  const board = useObservable(model.board);
  const note = board.notes.get(id);
  if (note === undefined) return null;
  const now = dotsNow(board, model.me !== null);
  const { kind, count, mayGiveMore } = dotsOf(note, now);
  if (kind !== "own" || now.phase !== "open") return null;
  const why = now.left === 0 ? `. ${t("write.noDotsLeft", { count: now.dots })}` : "";
  return (
    <>
      <ChoiceItem
        icon={<CirclePlus size={20} />}
        label={`${t("list.giveDot")} (${count})${why}`}
        isDisabled={!mayGiveMore}
        onChoose={() => acts.giveDots(id, count + 1)}
      />
      <ChoiceItem
        icon={<CircleMinus size={20} />}
        label={t("list.takeDot")}
        isDisabled={count === 0}
        onChoose={() => acts.giveDots(id, count - 1)}
      />
    </>
  );
}

function HighlightItem({ model, acts, note: id, onDone }: ItemsProps) {
  const { t } = useTranslation();
  const isHighlighted = useObservable(model.board).highlights.includes(id);
  return (
    <ChoiceItem
      icon={isHighlighted ? <StarOff size={20} /> : <Star size={20} />}
      label={t(isHighlighted ? "list.unhighlight" : "list.highlight")}
      onChoose={() => {
        if (isHighlighted) acts.unhighlight(id);
        else acts.highlight(id);
        onDone();
      }}
    />
  );
}
