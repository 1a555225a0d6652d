import { InvalidArgumentError } from "commander";
import type { RecallItem } from "../domain/publication.ts";

/** Text of a record for a terminal: what could move the cursor or colour the screen is left out. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, " ");
}

/** Rows as columns that line up; the last is as long as it is. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, i) => Math.max(all[i] ?? 0, cell.length)), []);
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? plain(cell) : plain(cell).padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** How to see the rest of a list; nothing when this was all. */
export function more(nextCursor: string | null): readonly string[] {
  return nextCursor === null ? [] : [`There are more: --cursor ${nextCursor}`];
}

/** One line for each thing that was taken back. */
export function receiptWords(receipt: readonly RecallItem[]): readonly string[] {
  if (receipt.length === 0) return ["Nothing of it was live, queued or waiting."];
  return receipt.map(({ kind, id, result }) => `  ${kind} ${id}: ${result}`);
}

/** `--limit`, as the API takes it. */
export function pageSize(text: string): number {
  if (!/^[1-9][0-9]{0,2}$/.test(text) || Number(text) > 200) throw new InvalidArgumentError("a number from 1 to 200.");
  return Number(text);
}

/** A path with its query; what is not given is left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

export const directNote = "Where a server runs, this goes through its API; else the database is opened.";
