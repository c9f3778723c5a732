import type { Note } from "../../shared/board/note.ts";

/** Notes as text, one on each line, for other programs. */
export function textOfNotes(notes: readonly Note[]): string {
  return notes
    .map(({ text }) => onOneLine(text))
    .filter((line) => line !== "")
    .join("\n");
}

/** The same as a list, for programs that keep lists. */
export function htmlOfNotes(notes: readonly Note[]): string {
  const items = notes
    .map(({ text }) => onOneLine(text))
    .filter((line) => line !== "")
    .map((line) => `<li>${escapeHtml(line)}</li>`);
  return `<ul>${items.join("")}</ul>`;
}

const onOneLine = (text: string) => text.replace(/\s+/g, " ").trim();

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
