import type { TFunction } from "i18next";
import { type Language, type Template, zoneOf } from "../../shared/template/template.ts";
import type { ActionName } from "../model/boardAction.ts";

export type WordsOptions = { readonly template: Template; readonly language: Language };

export function actionWords(
  { key, zone }: ActionName,
  t: TFunction,
  { template, language }: WordsOptions,
): string {
  return zone === undefined ? t(key) : t(key, { zone: zoneOf(template, zone).title[language] });
}

/** A shortcut as it stands on the keys of this device. */
export function strokeWords(stroke: string, t: TFunction): string {
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const names: Readonly<Record<string, string>> = {
    Ctrl: isMac ? "⌘" : "Ctrl",
    Shift: t("shortcuts.shift"),
    Enter: t("shortcuts.enter"),
    Escape: t("shortcuts.escape"),
    Delete: t("shortcuts.delete"),
    ArrowLeft: "←",
    ArrowRight: "→",
    ArrowUp: "↑",
    ArrowDown: "↓",
  };
  const parts = stroke.length === 1 ? [stroke] : stroke.split("+");
  return parts.map((part) => names[part] ?? part.toUpperCase()).join(" ");
}
