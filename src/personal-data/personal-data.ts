/** What says who somebody is, or lets one act in their name. The names are those of common detectors' labels. */
export type PersonalDataKind =
  | "PERSON"
  | "EMAIL_ADDRESS"
  | "PHONE_NUMBER"
  | "ADDRESS"
  | "CREDIT_CARD"
  | "IBAN_CODE"
  | "US_SSN"
  | "US_DRIVER_LICENSE"
  | "NATIONAL_ID"
  | "IP_ADDRESS"
  | "SECRET";

/**
 * `sure`: a checksum, an unmistakable form, or words beside it that say what it is; a rule may refuse on it. `likely`: it
 * looks like it; a person may look, and a mask covers it.
 */
export type Strength = "sure" | "likely";

/** Where something stands: UTF-16 offsets [start, end) of the text as it was given. */
export interface PersonalDataSpan {
  readonly kind: PersonalDataKind;
  readonly start: number;
  readonly end: number;
  readonly strength: Strength;
}

/**
 * `structured`: what has a form of its own (numbers, addresses, keys); tens of microseconds for a sentence.
 * `names`: people's names as well, by context, lists and, where those leave doubt, a tagger; up to milliseconds.
 */
export type Depth = "structured" | "names";

/** `readChars`: how much of the text was read; less than its length only where that passes the limit. */
export interface Detection {
  /** In the order of the text, without overlaps. */
  readonly spans: readonly PersonalDataSpan[];
  readonly readChars: number;
}

/** `leftOutChars`: how much at the end could not be read, and so is not in the text. */
export interface Masked {
  readonly text: string;
  readonly leftOutChars: number;
}

/** Finds personal data in any text, by rules alone: no model, no network, nothing kept. */
export interface PersonalData {
  detect(text: string, depth: Depth): Detection;
  /**
   * The text with what was found told by its kind: `[e-mail]`, `[phone]`, `[name]`; several people are numbered, and one
   * who comes again keeps the number. Masking what is masked changes nothing.
   */
  mask(text: string, depth: Depth): Masked;
}
