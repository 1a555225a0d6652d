import { findAddresses } from "./addresses.ts";
import { emailAddresses } from "./email-addresses.ts";
import { foldText } from "./folded-text.ts";
import type { Found, Recogniser } from "./found.ts";
import { ibans } from "./ibans.ts";
import { ipAddresses } from "./ip-addresses.ts";
import { maskText } from "./mask-text.ts";
import { mergeFound } from "./merge-found.ts";
import { findNames } from "./names/find-names.ts";
import { nationalIds } from "./national-ids.ts";
import { paymentCards } from "./payment-cards.ts";
import type { Depth, Detection, PersonalData } from "./personal-data.ts";
import { phoneNumbers } from "./phone-numbers.ts";
import { secrets } from "./secrets.ts";
import { usDocuments } from "./us-documents.ts";

const structured: readonly Recogniser[] = [
  secrets,
  emailAddresses,
  ibans,
  paymentCards,
  ipAddresses,
  usDocuments,
  nationalIds,
  phoneNumbers,
];

/** At most so much of a text is read, in characters; what is longer is told by `readChars`. */
export const maxChars = 1_000_000;

/** The detection by rules. Pure: it keeps nothing of what it reads. */
export function makePersonalData(): PersonalData {
  return { detect, mask: (text, depth) => maskText(text, depth, detect) };
}

function detect(text: string, depth: Depth): Detection {
  const readChars = readable(text);
  const folded = foldText(text.slice(0, readChars));
  const formed = formedIn(folded.text);
  const found = depth === "names" ? mergeFound([...formed, ...findNames(folded.text, formed)]) : formed;
  const spans = found.map(({ kind, strength, start, end }) => ({ kind, strength, ...folded.original(start, end) }));
  return { spans, readChars };
}

function formedIn(text: string): readonly Found[] {
  const found = structured.flatMap((recognise) => recognise(text));
  const sure = mergeFound(found.filter(({ strength }) => strength === "sure"));
  return mergeFound([...found, ...findAddresses(text, sure)]);
}

/** Never half a surrogate pair. */
function readable(text: string): number {
  if (text.length <= maxChars) return text.length;
  return (text.codePointAt(maxChars - 1) ?? 0) > 0xffff ? maxChars - 1 : maxChars;
}
