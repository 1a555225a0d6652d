import { findAddresses } from "./addresses.ts";
import { emailAddresses } from "./email-addresses.ts";
import { foldText } from "./folded-text.ts";
import type { Found, Recogniser } from "./found.ts";
import { ibans } from "./ibans.ts";
import { ipAddresses } from "./ip-addresses.ts";
import { maskText } from "./mask-text.ts";
import { mergeFound } from "./merge-found.ts";
import { makeDictionary } from "./names/dictionary.ts";
import { findNames } from "./names/find-names.ts";
import { nationalIds } from "./national-ids.ts";
import { paymentCards } from "./payment-cards.ts";
import type { Depth, Detection, PersonalData } from "./personal-data.ts";
import { makePhoneNumbers } from "./phone-numbers.ts";
import { profiles } from "./profiles.ts";
import { secrets } from "./secrets.ts";
import { usDocuments } from "./us-documents.ts";

/** At most so much of a text is read, in characters; what is longer is told by `readChars`. */
export const maxChars: Readonly<Record<Depth, number>> = { structured: 1_000_000, names: 100_000 };

/** The detection by rules. It keeps nothing of what it reads; the tables that it needs are loaded at the first use. */
export function makePersonalData(): PersonalData {
  const dictionary = makeDictionary();
  const recognisers: readonly Recogniser[] = [secrets, emailAddresses, nationalIds];
  // Without a digit none of these is there, and most texts have none.
  const ofDigits: readonly Recogniser[] = [ibans, paymentCards, ipAddresses, usDocuments, makePhoneNumbers()];

  function detect(text: string, depth: Depth): Detection {
    const readChars = readable(text, maxChars[depth]);
    const folded = foldText(text.slice(0, readChars));
    const formed = formedIn(folded.text, /\d/.test(folded.text) ? [...recognisers, ...ofDigits] : recognisers);
    const names = depth === "names" ? [...profiles(folded.text), ...findNames(folded.text, formed, dictionary)] : [];
    const spans = mergeFound([...formed, ...names]).map(({ kind, strength, start, end }) => ({
      kind,
      strength,
      ...folded.original(start, end),
    }));
    return { spans, readChars };
  }

  return { detect, mask: (text, depth) => maskText(text, depth, detect) };
}

function formedIn(text: string, recognisers: readonly Recogniser[]): readonly Found[] {
  const found = recognisers.flatMap((recognise) => recognise(text));
  const sure = mergeFound(found.filter(({ strength }) => strength === "sure"));
  return mergeFound([...found, ...findAddresses(text, sure)]);
}

/** Never half a surrogate pair. */
function readable(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  return (text.codePointAt(limit - 1) ?? 0) > 0xffff ? limit - 1 : limit;
}
