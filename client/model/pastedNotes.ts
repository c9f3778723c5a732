import { linesOfPaste } from "./pastedLines.ts";

/** More than this at once is nobody's list of notes: it is refused with a sentence. */
export const mostPastedNotes = 200;

/**
 * What somebody pastes or drops as the texts of notes: every cell of a spreadsheet that says something, else every
 * line of a list.
 */
export function notesOfPaste(text: string): readonly string[] {
  return text.includes("\t") ? cellsOfTable(text, "\t").flatMap(filled) : linesOfPaste(text);
}

export type PastedFile = { readonly name: string; readonly text: string };

/** The same of a file: `.csv` has cells between commas or semicolons, whatever its first line has more of. */
export function notesOfFile({ name, text }: PastedFile): readonly string[] {
  const bare = text.replace(/^\uFEFF/, "");
  if (!/\.csv$/i.test(name)) return notesOfPaste(bare);
  const [first = ""] = bare.split(/\r?\n/, 1);
  const count = (sign: string) => first.split(sign).length;
  const separator = [";", ",", "\t"].sort((a, b) => count(b) - count(a))[0] ?? ";";
  return cellsOfTable(bare, separator).flatMap(filled);
}

function filled(row: readonly string[]): readonly string[] {
  return row.map((cell) => cell.trim()).filter((cell) => cell !== "");
}

/** Rows of cells as spreadsheets copy them: a cell between quotes may hold line ends, and quotes written twice. */
export function cellsOfTable(text: string, separator: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  const endCell = () => {
    row.push(cell);
    cell = "";
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let index = 0; index < text.length; index += 1) {
    const sign = text.charAt(index);
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text.charAt(index + 1) === '"') {
        cell += '"';
        index += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell === "" && hasClosingQuote(text, index + 1)) isQuoted = true;
    else if (sign === separator) endCell();
    else if (sign === "\n") endRow();
    else if (sign !== "\r" || text.charAt(index + 1) !== "\n") cell += sign === "\r" ? "\n" : sign;
  }
  if (cell !== "" || row.length > 0) endRow();
  return rows;
}

/** A quote at the start of a cell that is never closed is a quote that somebody typed. */
function hasClosingQuote(text: string, from: number): boolean {
  return text.indexOf('"', from) !== -1;
}
