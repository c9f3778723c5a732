import { SendHorizontal } from "lucide-react";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import type { Voice } from "../../shared/board/note.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { mostPastedNotes, notesOfPaste } from "../model/pastedNotes.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";
import { ChoiceField } from "../ui/fields.tsx";
import { isComposing } from "../ui/isComposing.ts";
import { VoiceMark, ZonePicture } from "../ui/pictures.tsx";
import { writeErrorWords } from "../ui/writeErrorWords.ts";
import { LockedBar, type LockedBarProps } from "./LockedBar.tsx";
import { PasteSheet } from "./PasteSheet.tsx";
import "./composer.css";

export type ComposerDraft = { readonly text: string; readonly zone: ZoneId };

export type ComposerProps = Pick<LockedBarProps, "onUnlock"> & {
  readonly model: BoardModel;
  readonly language: Language;
  readonly initialDraft: ComposerDraft;
  /** What to keep should this page close before the note is sent. */
  readonly onDraft: (draft: ComposerDraft) => void;
  readonly initialVoice: Voice;
};

const entryZones = ["roots", "wateringCan", "fruits"] as const;
const entryVoices = ["unspecified", "formal", "informal", "both"] as const;

/**
 * Quick entry: choose a zone, type, Enter, next. Shift+Enter makes a line, Escape leaves and keeps the draft. While the
 * board is locked it steps aside, and comes back with everything that was in it.
 */
export function Composer(props: ComposerProps) {
  const { model, language, initialDraft, onDraft, initialVoice, onUnlock } = props;
  const { t } = useTranslation();
  const mayWrite = useObservable(model.mayWrite);
  const group = useObservable(model.group);
  const [draft, setDraft] = useState(initialDraft);
  const [voice, setVoice] = useState<Voice>(initialVoice);
  const [message, setMessage] = useState<{ readonly text: string; readonly isError?: true } | null>(null);
  const [pasted, setPasted] = useState<readonly string[] | null>(null);
  const caret = useRef<number | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const isWriting = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  const isUnfolded = useUnfolded(form);
  const question = model.template.focuses[group.focus].questions[draft.zone][language];
  const zoneTitle = zoneOf(model.template, draft.zone).title[language];

  // Whoever was writing when the lock came goes on where it stopped, unless they went elsewhere meanwhile.
  useEffect(() => {
    if (!mayWrite || !isWriting.current || document.activeElement !== document.body) return;
    input.current?.focus();
    input.current?.setSelectionRange(input.current.value.length, input.current.value.length);
  }, [mayWrite]);

  // Words that were put in leave the caret behind them, not at the end of everything.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once those words stand in the field
  useLayoutEffect(() => {
    if (caret.current !== null) input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [draft.text]);

  function change(next: Partial<ComposerDraft>): void {
    const changed = { ...draft, ...next };
    setDraft(changed);
    onDraft(changed);
  }

  function send(texts: readonly string[], { kept }: { readonly kept: string }): void {
    const filled = texts.map((text) => text.trim()).filter((text) => text !== "");
    if (filled.length === 0) return;
    const added = model.addNotes(filled, draft.zone, voice);
    if (!added.ok) {
      setMessage({ text: writeErrorWords(added.error, t), isError: true });
      return;
    }
    change({ text: kept });
    setMessage({ text: t("composer.added", { zone: zoneTitle }) });
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    // While an input method composes, Enter belongs to it.
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send([draft.text], { kept: "" });
    }
    if (event.key === "Escape") input.current?.blur();
  }

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>): void {
    const lines = notesOfPaste(event.clipboardData.getData("text/plain"));
    if (lines.length < 2) return;
    event.preventDefault();
    if (lines.length <= mostPastedNotes) {
      setPasted(lines);
    } else {
      const text = t("hands.pastedTooMany", { count: lines.length, limit: mostPastedNotes });
      setMessage({ text, isError: true });
    }
  }

  /** What was pasted comes where it would have come unasked. */
  function putIn(lines: readonly string[]): void {
    const { text } = draft;
    const start = input.current?.selectionStart ?? text.length;
    const before = `${text.slice(0, start)}${lines.join("\n")}`;
    setPasted(null);
    caret.current = before.length;
    change({ text: `${before}${text.slice(input.current?.selectionEnd ?? start)}` });
  }

  if (!mayWrite) return <LockedBar hasDraft={draft.text.trim() !== ""} onUnlock={onUnlock} />;
  return (
    <form
      ref={form}
      className={`composer zone-${draft.zone} ${isUnfolded ? "unfolded" : ""}`}
      onSubmit={(event) => {
        event.preventDefault();
        send([draft.text], { kept: "" });
      }}
    >
      <div className="composer-zones">
        <ChoiceField
          label={t("composer.zone")}
          hideLabel
          value={draft.zone}
          onChange={(zone: ZoneId) => change({ zone })}
          choices={entryZones.map((zone) => ({
            value: zone,
            label: zoneOf(model.template, zone).title[language],
            icon: <ZonePicture zone={zone} />,
          }))}
        />
      </div>
      <div className="composer-entry">
        <label className="composer-question" htmlFor="composer-text">
          {question}
        </label>
        <textarea
          id="composer-text"
          ref={input}
          className="input composer-text"
          dir="auto"
          rows={1}
          enterKeyHint="send"
          placeholder={t("composer.placeholder")}
          aria-describedby="composer-hint"
          value={draft.text}
          onChange={(event) => {
            change({ text: event.target.value });
            setMessage(null);
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onFocus={() => {
            isWriting.current = true;
          }}
          onBlur={() => {
            isWriting.current = false;
          }}
        />
      </div>
      <div className="composer-voices">
        <ChoiceField
          label={t("voice.label")}
          hideLabel
          value={voice}
          onChange={setVoice}
          choices={entryVoices.map((choice) => ({
            value: choice,
            label: t(`voice.${choice}`),
            icon: <VoiceMark voice={choice} />,
          }))}
        />
      </div>
      <Button
        type="submit"
        look="primary"
        icon={<SendHorizontal size={20} aria-hidden="true" />}
        isDisabled={draft.text.trim() === ""}
      >
        <span className="composer-send">{t("composer.send")}</span>
      </Button>
      <p
        id="composer-hint"
        className={`composer-hint ${message?.isError === true ? "error" : ""}`}
        role="status"
      >
        {message?.text ?? t("composer.hint")}
      </p>
      <PasteSheet
        lines={pasted}
        onClose={() => pasted !== null && putIn(pasted)}
        onMany={(lines) => {
          setPasted(null);
          send(lines, { kept: draft.text });
        }}
        onOne={putIn}
      />
    </form>
  );
}

/** From the moment that somebody writes until they press or go elsewhere: where there is little height it is larger then. */
function useUnfolded(form: RefObject<HTMLFormElement | null>): boolean {
  const [isUnfolded, setIsUnfolded] = useState(false);
  useEffect(() => {
    function look({ type, target }: Event): void {
      const isInside = target instanceof Node && form.current?.contains(target) === true;
      if (!isInside) setIsUnfolded(false);
      else if (type === "focusin" && target instanceof HTMLTextAreaElement) setIsUnfolded(true);
    }
    for (const name of ["focusin", "pointerdown"]) document.addEventListener(name, look);
    return () => {
      for (const name of ["focusin", "pointerdown"]) document.removeEventListener(name, look);
    };
  }, [form]);
  return isUnfolded;
}
