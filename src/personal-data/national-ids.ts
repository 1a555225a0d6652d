import { isLuhn, isMod11And10, restOf, weighted } from "./checksums.ts";
import { before, type Found, type Recogniser } from "./found.ts";

interface IdForm {
  readonly form: RegExp;
  isValid(value: string): boolean;
  /** Where form and check are too weak to stand alone: words that must stand before it. */
  readonly saidBy?: RegExp;
}

/** Numbers by which states tell people apart: the form, its checksum, and words before it where those leave doubt. */
export const nationalIds: Recogniser = (text) =>
  (/\d/.test(text) ? forms : formsOfLetters).flatMap(({ form, isValid, saidBy }) =>
    [...text.matchAll(form)].flatMap(({ 0: value, index }): Found[] => {
      if (saidBy !== undefined && !saidBy.test(before(text, index))) return [];
      if (!isValid(value.replace(/[ ./-]/g, "").toUpperCase())) return [];
      return [{ kind: "NATIONAL_ID", start: index, end: index + value.length, strength: "sure" }];
    }),
  );

/** Italy: check letter over odd and even places. Letters may stand for its digits, all of them. */
const codiceFiscale: IdForm = {
  form: /(?<![\w])[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z](?![\w])/gi,
  isValid: isCodiceFiscale,
};

const formsOfLetters: readonly IdForm[] = [codiceFiscale];

const forms: readonly IdForm[] = [
  // Germany: Steuer-ID (§ 139b AO; ISO 7064 MOD 11,10). In its first ten digits one comes two or three times.
  {
    form: /(?<![\w])[1-9]\d ?\d{3} ?\d{3} ?\d{3}(?![\w])/g,
    saidBy: /steuer|\bidnr|tax (?:id|number)|\btin\b/,
    isValid: (id) => new Set(id.slice(0, 10)).size < 10 && isMod11And10(id),
  },
  // Germany: Sozialversicherungsnummer, area + birth date + initial + serial + check
  {
    form: /(?<![\w])\d{2} ?(?:[0-2]\d|3[01])(?:0\d|1[0-2])\d{2} ?[A-Z] ?\d{3}(?![\w])/gi,
    isValid: isGermanInsuranceNumber,
  },
  // France: NIR, 97 less the rest of the first 13; Corsica's 2A and 2B count as 19 and 18
  {
    form: /(?<![\w])[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\w])/gi,
    isValid: (id) => 97 - restOf(id.slice(0, 13).replace("2A", "19").replace("2B", "18"), 97) === Number(id.slice(13)),
  },
  // Spain: DNI and NIE, a letter by the rest of 23
  {
    form: /(?<![\w])(?:[XYZ][ -]?\d{7}|\d{8})[ -]?[A-Z](?![\w])/gi,
    isValid: (id) => "TRWAGMYFPDXBNJZSQVHLCKE"[restOf(id.slice(0, -1).replace(/^[XYZ]/, nieDigit), 23)] === id.at(-1),
  },
  // United Kingdom: NINO has no checksum; the prefixes that are never given out are left out
  {
    form: /(?<![\w])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\w])/gi,
    isValid: () => true,
  },
  // The same with any letters, such as forms have for an example, where words say what it is
  {
    form: /(?<![\w])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\w])/gi,
    saidBy: /\bni\b|national insurance|\bnino\b/,
    isValid: () => true,
  },
  // Netherlands: BSN, the eleven test with -1 for the last digit
  {
    form: /(?<![\w])\d{3}[ .]?\d{3}[ .]?\d{3}(?![\w])/g,
    saidBy: /\bbsn\b|burgerservice|sofi-?nummer/,
    isValid: (id) => weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  },
  codiceFiscale,
  // Poland: PESEL
  {
    form: /(?<![\w])\d{11}(?![\w])/g,
    saidBy: /\bpesel\b/,
    isValid: (id) => weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
  },
  // Sweden: personnummer, Luhn over the ten digits without the century
  {
    form: /(?<![\w])(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[-+]\d{4}(?![\w])/g,
    isValid: (id) => isLuhn(id.replace("+", "").slice(-10)),
  },
  // Switzerland: AHV number, an EAN-13 under 756
  {
    form: /(?<![\w])756[ .]?\d{4}[ .]?\d{4}[ .]?\d{2}(?![\w])/g,
    isValid: (id) => weighted(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
  },
  // Belgium: Rijksregisternummer as it is printed; from 2000 on a 2 stands before the number that is divided
  {
    form: /(?<![\w])\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}(?![\w])/g,
    isValid: (id) =>
      [id.slice(0, 9), `2${id.slice(0, 9)}`].some((number) => 97 - restOf(number, 97) === Number(id.slice(9))),
  },
  // Ireland: PPS number
  {
    form: /(?<![\w])\d{7}[A-W][A-IW]?(?![\w])/gi,
    saidBy: /\bpps/,
    isValid: (id) => {
      const second = id.length === 9 && id[8] !== "W" ? id.charCodeAt(8) - 64 : 0;
      return "WABCDEFGHIJKLMNOPQRSTUV"[(weighted(id, [8, 7, 6, 5, 4, 3, 2]) + 9 * second) % 23] === id[7];
    },
  },
  // Canada: social insurance number
  {
    form: /(?<![\w])\d{3}[ -]?\d{3}[ -]?\d{3}(?![\w])/g,
    saidBy: /\bsin\b|social insurance/,
    isValid: isLuhn,
  },
  // Passports have no common form: the word decides
  {
    form: /(?<![\w])(?=[A-Z]{0,2}\d)[A-Z0-9]{8,9}(?![\w])/gi,
    saidBy: /(?:passport|passeport|reisepass|pasaporte|passaporto|paspoort)[^!?\n]{0,24}$/,
    isValid: (id) => id.replace(/\D/g, "").length >= 5,
  },
];

function nieDigit(letter: string): string {
  return String("XYZ".indexOf(letter));
}

function isGermanInsuranceNumber(id: string): boolean {
  const letter = String(id.charCodeAt(8) - 64).padStart(2, "0");
  const digits = `${id.slice(0, 8)}${letter}${id.slice(9, 11)}`;
  const sum = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1].reduce((total, weight, i) => {
    const product = weight * Number(digits[i]);
    return total + Math.floor(product / 10) + (product % 10);
  }, 0);
  return sum % 10 === Number(id[11]);
}

function isCodiceFiscale(code: string): boolean {
  const sum = [...code.slice(0, 15)].reduce((total, char, i) => {
    const value = /\d/.test(char) ? Number(char) : char.charCodeAt(0) - 65;
    return total + (i % 2 === 0 ? (oddPlaces[value] ?? 0) : value);
  }, 0);
  return String.fromCharCode(65 + (sum % 26)) === code[15];
}

/** Decreto ministeriale 23 dicembre 1976: the values of the 1st, 3rd, 5th … place; digits count as the first ten letters. */
const oddPlaces = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
