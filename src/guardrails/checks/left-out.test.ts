import { expect, test } from "vitest";
import { leftOut } from "./left-out.ts";

const cut = (source: string, kept: string) => {
  const start = source.indexOf(kept);
  return leftOut(source, { start, end: start + kept.length }).kind;
};

test.each([
  ["negation", "I would not recommend it to anyone.", "recommend it to anyone."],
  ["negation", "We couldn't go live in nine days.", "go live in nine days."],
  ["negation", "Never have we seen such support.", "have we seen such support."],
  ["negation", "Ich empfehle es nicht.", "Ich empfehle es"],
  ["negation", "Nous ne le recommandons pas.", "le recommandons"],
  ["negation", "No lo recomiendo.", "lo recomiendo."],
  ["negation", "Nie polecamy tego nikomu.", "polecamy tego nikomu."],
  ["negation", "Nigdy nie byliśmy tak szybcy.", "byliśmy tak szybcy."],
  ["negation", "Vi rekommenderar det inte.", "Vi rekommenderar det"],
  ["negation", "Vi har aldrig varit så snabba.", "varit så snabba."],
  ["negation", "Não recomendamos.", "recomendamos."],
  ["negation", "It failed to save us a day.", "save us a day."],
  ["negation", "Non lo consiglio.", "lo consiglio."],
  ["negation", "Ik raad het niet aan.", "Ik raad het"],
  ["contrast", "Działa dobrze, ale dopiero od wiosny.", "Działa dobrze"],
  ["contrast", "Det fungerar bra, men fakturorna är fel.", "Det fungerar bra"],
  ["contrast", "Het werkt goed, maar de facturen kloppen niet.", "Het werkt goed"],
  ["contrast", "It is great, but the invoices are wrong.", "It is great"],
  ["contrast", "It is great. However, the invoices are wrong.", "It is great."],
  ["contrast", "Support was quick until the second year.", "Support was quick"],
  ["contrast", "Es läuft gut, aber nur am Vormittag.", "Es läuft gut"],
  ["contrast", "We were live in nine days, and nobody had to work for it.", "We were live in nine days"],
  ["nothing", "It paid off in a year and saves us a day each week.", "It paid off in a year"],
  ["nothing", "It works. We would not go back.", "It works."],
  ["nothing", "We did not expect that. It works well.", "It works well."],
  ["contrast", "Although it took a year, it works.", "it works."],
  ["contrast", "We had not hoped for it, and it works.", "it works."],
  ["contrast", "It works, and we had not hoped for it.", "It works"],
  ["nothing", "It works well", "It works"],
  ["nothing", "It works. We grew. But for how long?", "It works."],
  ["nothing", "九日で稼働した。", "九日"],
  ["nothing", "九日で稼働した。", "稼働した。"],
  ["nothing", "Wir nutzen 製品A seit Juni.", "Wir nutzen 製品"],
  ["nothing", "A製品を使う", "製品を使う"],
  ["word", "It is unbelievable.", "believable."],
  ["word", "Nine days.", "Nine day"],
])("%s: of “%s” is kept “%s”", (kind, source, kept) => expect(cut(source, kept)).toBe(kind));
