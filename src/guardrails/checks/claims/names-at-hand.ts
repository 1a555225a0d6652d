import type { WordKind } from "./name-dictionary.ts";

/** A name that nothing at hand knows, or a word that may be one. */
export interface NameFound {
  readonly start: number;
  readonly end: number;
  readonly isSure: boolean;
}

export interface NamesAtHand {
  /** Whether the asset, the playbook, the brand or the lead's segment has the word (lower case). */
  isKnown(word: string): boolean;
  /** Whether one of them has the words beside each other, in capitals or not. */
  isAtHand(phrase: string): boolean;
  /** Names that are foreign wherever they stand, in capitals or not: competitors, the lead's own company. */
  readonly foreign: readonly string[];
  /** Of the asset: how the text is read where its small words don't say. */
  readonly language: string;
  kindOf(word: string): WordKind;
}
