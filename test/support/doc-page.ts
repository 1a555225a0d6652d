import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** One fenced block of a page: its language, the file that it stands for (`file=…` behind the language), its text. */
export interface Fence {
  readonly language: string;
  readonly file: string | null;
  readonly text: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
}

export interface DocPage {
  /** What the page's commands need: a running service, a copy of the checkout, or no more than the built command. */
  readonly runs: "server" | "checkout" | "command";
  readonly fences: readonly Fence[];
  /** Relative links, without their anchors. */
  readonly links: readonly string[];
}

/** Where the project begins. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Every page below `docs/`, by its path from the root. */
export function docPages(): ReadonlyMap<string, DocPage> {
  const names = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
  const pages = names.filter((name) => name.endsWith(".md")).sort();
  return new Map(
    pages.map((name) => [`docs/${name}`, readDocPage(readFileSync(join(root, "docs", name), "utf8"))] as const),
  );
}

/** Reads a page. Throws on a fence that is never closed. */
export function readDocPage(text: string): DocPage {
  const fences: Fence[] = [];
  let open: { language: string; file: string | null; line: number; text: string[] } | null = null;
  for (const [at, line] of text.split("\n").entries()) {
    const fence = /^```(\S*)(?: +file=(\S+))?\s*$/.exec(line);
    if (open === null) {
      if (fence) open = { language: fence[1] ?? "", file: fence[2] ?? null, line: at + 1, text: [] };
    } else if (line === "```") {
      fences.push({ ...open, text: open.text.map((one) => `${one}\n`).join("") });
      open = null;
    } else open.text.push(line);
  }
  if (open !== null) throw new Error(`The fence of line ${open.line} is never closed.`);
  const prose = text.replace(/^```[\s\S]*?^```$/gm, "");
  const links = [...prose.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, path = ""]) => path);
  const runs = /<!-- runs: (server|checkout) -->/.exec(text)?.[1];
  return { runs: runs === "server" || runs === "checkout" ? runs : "command", fences, links };
}

/** Whether the output has each expected line, in their order; `…` stands for whatever. Null, or the line that is missing. */
export function missingLine(expected: string, output: string): string | null {
  const lines = output.split("\n");
  let from = 0;
  for (const line of expected.split("\n").map((one) => one.trim())) {
    if (line === "" || line === "…") continue;
    const pattern = new RegExp(line.split("…").map(escapePattern).join(".*"));
    const found = lines.findIndex((one, at) => at >= from && pattern.test(one));
    if (found < 0) return line;
    from = found + 1;
  }
  return null;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
