import { bareAddressesIn } from "./bare-addresses.ts";

/**
 * Whether a company's name from a record is no more than a name, so that it may stand in a sentence that others answer
 * for: no address to follow, write to or ring, no markup, nothing that breaks the line or hides, and not the length of a
 * message. A name that is an address itself ("Booking.com") is one where nothing stands beside it. A record can come from a
 * form that anybody fills in, for anybody's address.
 */
export function isPlainName(name: string): boolean {
  if (name.length > maxChars || unfit.test(name) || (name.match(/\p{Nd}/gu)?.length ?? 0) > maxDigits) return false;
  const words = name.trim().split(/\s+/u);
  return words.length <= maxWords && !sentenceWithin.test(name) && !hasAddress(name.normalize("NFKC").trim());
}

function hasAddress(name: string): boolean {
  return bareAddressesIn(name).some(({ leadsOn, text }) => leadsOn || !beside.test(name.replace(text, "")));
}

/** Nothing, or a legal form. */
const beside = /^(?:\s+(?:b\.?v\.?|n\.?v\.?|gmbh|ag|se|inc\.?|ltd\.?|limited|llc|plc|s\.?a\.?|s\.?r\.?l\.?))?$/i;

const unfit = /[\p{C}\u2028\u2029<>{}@]|:\/\/|www\./iu;
/** A sentence that ends and another that begins; "Yahoo! Inc." is one name. */
const sentenceWithin = /[!?]\s+\S+\s+\S|[:;]\s/u;
const maxChars = 100;
const maxWords = 12;
/** Fewer than a number that can be rung has. */
const maxDigits = 6;
