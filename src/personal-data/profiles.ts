import type { Found, Recogniser } from "./found.ts";

/** A person's page or name in a network of people: "linkedin.com/in/jane-sample", "@jane_sample". */
export const profiles: Recogniser = (text) =>
  [...text.matchAll(form)].map(
    ({ 0: found, index }): Found => ({ kind: "PERSON", start: index, end: index + found.length, strength: "sure" }),
  );

/** An "@" with something before it is an e-mail address, or a price. */
const form =
  /(?<![\p{L}\p{N}])(?:linkedin\.com\/in|xing\.com\/profile)\/[\p{L}\p{N}%_-]{2,100}|(?<![\p{L}\p{N}.!#$%&'*+/=?^_{|}~@"-])@[a-z_][a-z0-9_]{2,30}(?![\p{L}\p{N}@]|\.\p{L})/giu;
