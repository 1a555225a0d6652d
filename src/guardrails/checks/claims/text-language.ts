import { remembered } from "../remembered.ts";

/** The language that most of a text's small words are of, among the six that are read here; null where none leads. */
export const textLanguage = remembered((text: string): string | null => {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().split(/\P{L}+/u)) {
    for (const language of smallWords.get(word) ?? []) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  return first !== undefined && first[1] > (second?.[1] ?? 0) ? first[0] : null;
});

/** `de` of `de-CH`. */
export function baseLanguage(tag: string): string {
  return tag.split("-", 1)[0]?.toLowerCase() ?? "";
}

const smallWords = new Map<string, string[]>();
for (const [language, words] of [
  [
    "en",
    "the of and to is are was were what who how why with your you our from for that this it they at by an be has have than when in",
  ],
  [
    "de",
    "der die das und ist sind war waren was wie warum mit ihr ihre ihren ihrem ihrer ihres ihnen andere anderen sie wir unser von für dass diese dieser es bei ein eine einen im am zu den dem auf nach auch nicht",
  ],
  [
    "fr",
    "le la les des et est sont était qui que comment pourquoi avec votre vos vous nous notre pour ce cette il elle du au aux un une dans sur par en pas chez",
  ],
  [
    "es",
    "el los las y es son era que cómo por con su sus usted nosotros nuestro para este esta lo del al un una en se más",
  ],
  [
    "it",
    "il gli e è sono era che come perché con vostro vostra voi noi nostro per questo questa lo del della dei al un una in si di chi",
  ],
  [
    "nl",
    "de het en is zijn was waren wat hoe waarom met uw jullie wij ons onze van voor dat deze dit op een aan bij niet ook te",
  ],
] as const) {
  for (const word of words.split(" ")) smallWords.set(word, [...(smallWords.get(word) ?? []), language]);
}
