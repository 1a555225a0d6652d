import type { PersonalDataKind, Strength } from "./personal-data.ts";

/** A span over the folded text, as a recogniser returns it. */
export interface Found {
  readonly kind: PersonalDataKind;
  readonly start: number;
  readonly end: number;
  readonly strength: Strength;
}

/** Linear in the text's length: a recogniser anchors on what is rare and reads a bounded stretch from there. */
export type Recogniser = (text: string) => readonly Found[];

/** What stands before a place, in lower case: words there can say what a number is. */
export function before(text: string, at: number, chars = 40): string {
  return text.slice(Math.max(0, at - chars), at).toLowerCase();
}

export function after(text: string, at: number, chars = 24): string {
  return text.slice(at, at + chars).toLowerCase();
}

export const letterOrDigit = /[\p{L}\p{N}]/u;
