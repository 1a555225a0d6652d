import type { html } from "hono/html";
import type { DecisionStatus } from "../../domain/decision.ts";
import type { Effect } from "../../domain/finding.ts";

/** A piece of a page: what is put into it is escaped by the template. */
export type Html = ReturnType<typeof html>;

/** How a decision stands, for a reader: in words, and as the tone that the page shows it in. */
export const statusWords: Readonly<Record<DecisionStatus, { readonly words: string; readonly tone: Tone }>> = {
  received: { words: "Accepted", tone: "busy" },
  running: { words: "Being decided", tone: "busy" },
  "awaiting-approval": { words: "Waits for you", tone: "ask" },
  held: { words: "Held for now", tone: "hold" },
  published: { words: "Published", tone: "good" },
  "no-action": { words: "Nothing shown", tone: "calm" },
  denied: { words: "Not allowed", tone: "bad" },
  failed: { words: "Failed", tone: "bad" },
  withdrawn: { words: "Withdrawn", tone: "bad" },
};

export type Tone = "good" | "ask" | "hold" | "bad" | "calm" | "busy";

export const effectWords: Readonly<Record<Effect, { readonly words: string; readonly tone: Tone }>> = {
  allow: { words: "allows", tone: "good" },
  review: { words: "asks", tone: "ask" },
  hold: { words: "holds", tone: "hold" },
  deny: { words: "denies", tone: "bad" },
};

/** `pricing-hero` → `Pricing hero`. */
export function placeWords(place: string): string {
  const words = place.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** `8 days and 3 hours`: how far the clock is ahead. */
export function duration(ms: number): string {
  const hours = Math.round(ms / 3_600_000);
  const parts = [counted(Math.floor(hours / 24), "day"), counted(hours % 24, "hour")].filter((part) => part !== "");
  return parts.length === 0 ? "less than an hour" : parts.join(" and ");
}

function counted(count: number, what: string): string {
  return count === 0 ? "" : `${count} ${what}${count === 1 ? "" : "s"}`;
}
