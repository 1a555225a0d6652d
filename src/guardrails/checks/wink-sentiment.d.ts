declare module "wink-sentiment" {
  /** `score`: the sum of the words' values, -5..5 each, with negations turned. */
  export default function sentiment(text: string): { readonly score: number; readonly normalizedScore: number };
}
