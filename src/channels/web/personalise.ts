import type { TermIndex } from "../../deployment/deployment.ts";
import type { LeadFacts } from "../../domain/lead.ts";
import { isPlainName } from "../../domain/plain-name.ts";

/**
 * Fills the merge fields of a framing (`{{company}}`, `{{industry}}`, `{{product}}`) from the lead's facts. A sentence
 * with a field that has no value is left out whole, since a gap in its middle would read as a mistake.
 */
export function personalise(framing: string, lead: LeadFacts, taxonomy: TermIndex): string {
  if (!framing.includes("{{")) return framing;
  const values = mergeValues(lead, taxonomy);
  return framing
    .split(sentenceEnd)
    .map((sentence) => filled(sentence, values))
    .filter((sentence) => sentence !== null)
    .join(" ");
}

const sentenceEnd = /(?<=[.!?…])\s+/u;
const mergeField = /\{\{\s*([A-Za-z]+)\s*\}\}/g;

function filled(sentence: string, values: ReadonlyMap<string, string>): string | null {
  let missing = false;
  const text = sentence.replace(mergeField, (_, field: string) => {
    const value = values.get(field);
    if (value === undefined) missing = true;
    return value ?? "";
  });
  return missing ? null : text;
}

function mergeValues(lead: LeadFacts, taxonomy: TermIndex): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const label = (vocabulary: "industries" | "products", term: string) =>
    taxonomy.terms[vocabulary].find((known) => known.term === term)?.label ?? term.replaceAll("-", " ");
  // It is filled in after the words were judged: what is more than a name counts as missing.
  if (lead.company && isPlainName(lead.company.name)) values.set("company", lead.company.name);
  if (lead.company?.industry) values.set("industry", label("industries", lead.company.industry));
  const product = lead.productInterest[0];
  if (product) values.set("product", label("products", product));
  return values;
}
