import { restOf } from "./checksums.ts";
import { type Found, letterOrDigit, type Recogniser } from "./found.ts";

/** IBANs by ISO 13616: the country's length (SWIFT IBAN registry) and the check digits (mod 97). */
export const ibans: Recogniser = (text) =>
  [...text.matchAll(/(?<![\p{L}\p{N}])[a-z]{2}[ -]?\d{2}/giu)].flatMap(({ 0: head, index }): Found[] => {
    const length = lengths[head.slice(0, 2).toUpperCase()];
    if (length === undefined) return [];
    let value = "";
    let at = index;
    // Typed in groups: one space or dash between two characters is none.
    for (; value.length < length && at < text.length; at++) {
      const char = text.charAt(at);
      if (/[a-z0-9]/i.test(char)) value += char.toUpperCase();
      else if (!/[ -]/.test(char) || !/[a-z0-9]/i.test(text.charAt(at + 1))) break;
    }
    if (value.length < length || letterOrDigit.test(text.charAt(at))) return [];
    if (restOf(value.slice(4) + value.slice(0, 4), 97) !== 1) return [];
    return [{ kind: "IBAN_CODE", start: index, end: at, strength: "sure" }];
  });

const lengths: Readonly<Record<string, number>> = Object.fromEntries(
  [
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24",
    "FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32",
    "LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24",
    "RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30",
  ]
    .join(" ")
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
