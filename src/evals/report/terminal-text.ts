import { styleText } from "node:util";

/** How words are told apart on a terminal. The marks beside them say the same without colour. */
export interface Paint {
  strong(text: string): string;
  soft(text: string): string;
  good(text: string): string;
  bad(text: string): string;
}

export const plainPaint: Paint = {
  strong: (text) => text,
  soft: (text) => text,
  good: (text) => text,
  bad: (text) => text,
};

// Whether a stream takes colours is the caller's to know.
const style = (format: Parameters<typeof styleText>[0]) => (text: string) =>
  styleText(format, text, { validateStream: false });
export const painted: Paint = {
  strong: style("bold"),
  soft: style("dim"),
  good: style("green"),
  bad: style("red"),
};

const columns = 80;

/** Text of a file for a terminal: what could move the cursor or colour the screen is left out. */
export function safe(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, " ").trim();
}

/** Lines of at most 80 columns, after an indent; `mark` begins the first and the others stand under its words. */
export function wrapped(text: string, indent: string, mark = ""): readonly string[] {
  const hang = mark === "" ? "" : "  ";
  const room = columns - indent.length - hang.length;
  const lines: string[] = [];
  let line = "";
  for (const word of safe(text).split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "") lines.push(line);
  return lines.map((words, index) => `${indent}${index === 0 ? mark : hang}${words}`);
}
