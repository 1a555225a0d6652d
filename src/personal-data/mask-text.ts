import type { Depth, Detection, Masked, PersonalDataSpan } from "./personal-data.ts";
import { placeholders } from "./placeholders.ts";

type Detect = (text: string, depth: Depth) => Detection;

/**
 * What stands beside a value can say what it is, and stands elsewhere once a value is masked: so it is looked at again
 * until nothing is found. Twice is nearly always enough; each round takes something away, so it ends.
 */
export function maskText(original: string, depth: Depth, detect: Detect): Masked {
  const { readChars } = detect(original, depth);
  let text = original.slice(0, readChars);
  for (;;) {
    const { spans } = detect(text, depth);
    if (spans.length === 0) return { text, leftOutChars: original.length - readChars };
    text = replaceSpans(text, spans);
  }
}

function replaceSpans(text: string, spans: readonly PersonalDataSpan[]): string {
  const name = nameThem(text, spans);
  const parts: string[] = [];
  let at = 0;
  for (const span of spans) {
    const value = text.slice(span.start, span.end);
    parts.push(text.slice(at, span.start), span.kind === "PERSON" ? name(value) : placeholders[span.kind]);
    at = span.end;
  }
  return [...parts, text.slice(at)].join("");
}

/** One person alone needs no number. Numbers go on from those that an earlier mask gave. */
function nameThem(text: string, spans: readonly PersonalDataSpan[]): (value: string) => string {
  const people = new Set(
    spans.filter(({ kind }) => kind === "PERSON").map(({ start, end }) => keyOf(text.slice(start, end))),
  );
  const given = [...text.matchAll(/\[name(?: (\d+))?\]/g)].map(([, number]) => Number(number ?? 1));
  const first = Math.max(0, ...given) + 1;
  const numbers = new Map([...people].map((key, i) => [key, first + i]));
  return (value) => (people.size === 1 && given.length === 0 ? "[name]" : `[name ${numbers.get(keyOf(value))}]`);
}

function keyOf(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’]s?$/, "");
}
