import { createRequire } from "node:module";
import type * as Phones from "libphonenumber-js/min";
import { after, before, type Found, type Recogniser } from "./found.ts";

/**
 * Phone numbers: in international form by libphonenumber's tables, in national form by how they are grouped. Words beside
 * one, or a form that is valid in a country that writes it so, make it sure.
 */
export function makePhoneNumbers(): Recogniser {
  const parse = makeParser();
  return (text) =>
    [...text.matchAll(candidate)].flatMap(({ 0: value, index }): Found[] => {
      const strength = strengthOf(value, text, index, parse);
      return strength === null ? [] : [{ kind: "PHONE_NUMBER", start: index, end: index + value.length, strength }];
    });
}

/** Digits in groups, with an extension; at most 30 characters, so that reading is linear. */
const candidate =
  /(?<![\p{L}\p{N}_+=@#/\\]|\d[.,:-])(?:\+ ?|\(\+?)?\d(?:[\d ()./-]{4,26}\d)(?: ?(?:x|ext\.?|extension|durchwahl) ?\d{1,6})?(?![\p{L}\p{N}_@]|[.,:/-]\d| ?[%€$£])/giu;

function strengthOf(value: string, text: string, index: number, parse: Parse): Found["strength"] | null {
  const number = value.replace(/ ?(?:x|ext\.?|extension|durchwahl) ?\d{1,6}$/i, "");
  const digits = number.replace(/\D/g, "");
  if (digits.length > 15 || isOddlyGrouped(number)) return null;
  if (/^\(?(?:\+|00)/.test(number)) {
    if (digits.length < 7) return null;
    const international = parse(`+${digits.replace(/^00/, "")}`);
    if (international?.isValid()) return "sure";
    return international?.isPossible() === true || digits.length >= 8 ? "likely" : null;
  }
  if (isDate(number) || isOtherNumber(number)) return null;
  const isWritten = /[ ()./-]/.test(number);
  const words = before(text, index);
  // Seven digits make a local number; six, where it is said to be one.
  if (named.test(words) || namedAfter.test(after(text, index + value.length))) return "sure";
  if (digits.length < (isWritten && hinted.test(words) ? 6 : 7)) return null;
  // "12 000 000" and "2500000 customers" are no phone numbers, "0319 3649187" is.
  const isAmount =
    /^[1-9]\d{0,2}(?:[ .]\d{3})+$/.test(number) || (!isWritten && digits.length < 10 && !number.startsWith("0"));
  if (isAmount) return null;
  if (hinted.test(words)) return "sure";
  if (/^\(?[2-9]\d{2}[).-]? ?[2-9]\d{2}[.-]\d{4}$/.test(number)) return "sure";
  return isWritten ? "likely" : null;
}

/** Words that say what the number is. */
const named =
  /(?:\b(?:phone|tel|telephone|cellphone|cell|fax|telefon|telefono|teléfono|téléphone|tél|handy|rufnummer|durchwahl|whatsapp)\b|\b(?:phone|mobile|my|her|his|their|our|your|contact) (?:new )?number\b|[☎📞📱])[^.!?\n\d]{0,20}\.?[ :(]{0,3}$/u;
/** Words that often do. */
const hinted =
  /\b(?:call|calling|called|dial|ring|text|sms|reach|contact|mobile|mobil|móvil|portable|cellulare|answering at|number is|nummer ist)\b[^.!?\n\d]{0,25}$/u;
const namedAfter = /^[ ,(]{1,2}(?:office|fax|mobile|cell|home|work|tel|phone|direct)\b/;

function isOddlyGrouped(number: string): boolean {
  const groups = number.split(/\D+/).filter((group) => group !== "");
  return (
    groups.length > 7 ||
    groups.filter(({ length }) => length === 1).length > 2 ||
    /[ ./-]{3,}|[)(].*[)(].*[)(]/.test(number)
  );
}

function isDate(number: string): boolean {
  return (
    /^(?:19|20)\d{2}[ ./-]\d{1,2}[ ./-]\d{1,2}(?!\d)/.test(number) ||
    /^(?:[0-2]?\d|3[01])([./-]) ?(?:[0-2]?\d|3[01])\1 ?(?:\d{2}|(?:19|20)\d{2})(?: |$)/.test(number) ||
    /^(?:19|20)\d{2} ?[-/] ?(?:19|20)\d{2}$/.test(number)
  );
}

/** A ZIP+4, an address of the network, a figure with decimals. */
function isOtherNumber(number: string): boolean {
  return /^\d{5}-\d{4}$/.test(number) || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(number) || /^\d+\.\d+$/.test(number);
}

type Parse = (number: string) => Phones.PhoneNumber | undefined;

/** The tables take 70 ms to load, and most processes never meet a number: loaded at the first. */
function makeParser(): Parse {
  let tables: typeof Phones | undefined;
  return (number) => {
    tables ??= createRequire(import.meta.url)("libphonenumber-js/min") as typeof Phones;
    return tables.parsePhoneNumberFromString(number);
  };
}
