import type { Word } from "./words-in.ts";

/** What capitals tell in a text. */
export interface Manner {
  /** No capitals at all: they tell nothing. */
  readonly lowerCase: boolean;
  /** Capitals stand for names, as in English; not where nouns have them, or where everything has. */
  readonly capitalsTell: boolean;
}

export function mannerOf(words: readonly Word[]): Manner {
  const inner = words.filter(({ opens }) => !opens);
  const capitals = inner.filter(({ capital }) => capital).length;
  const known = words.filter(({ lower }) => english.has(lower)).length;
  return {
    lowerCase: words.every(({ capital }) => !capital),
    capitalsTell: known >= foreignWords(words),
  };

  function foreignWords(all: readonly Word[]): number {
    return (
      all.filter(({ lower }) => foreign.has(lower)).length +
      (capitals > inner.length * 0.6 && inner.length > 8 ? 99 : 0)
    );
  }
}

const english: ReadonlySet<string> = new Set(
  "the of and to is was that it for with as on be at by this have from or had not are but what were we when your can said there use an each which she do how their if will".split(
    " ",
  ),
);
const foreign: ReadonlySet<string> = new Set(
  "der die das und ist nicht mit ein eine einen einem einer den dem des auf für sich von zu im wir haben aus bei wie wenn unsere andere anderen ihr ihre ihren ihrem ihrer ihres sie le la les et est pas une des du que pour dans sur nous avec votre vos merci el los las y es por para con una nos su sus usted gracias il di che non per sono della del alla lei suo sua suoi grazie het een van niet voor op met wij zijn uw och att det som är på og ikke til av ja na nie jest się do".split(
    " ",
  ),
);
