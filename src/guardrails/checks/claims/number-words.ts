/** Numbers as words in the languages that framings are written in most; `one` and its like stand only before a unit. */
const words: readonly (readonly [number, string])[] = [
  [2, "two|zwei|deux|dos|twee|due"],
  [3, "three|drei|trois|tres|drie|tre"],
  [4, "four|vier|quatre|cuatro|quattro"],
  [5, "five|fünf|cinq|cinco|vijf|cinque"],
  [6, "six|sechs|seis|zes|sei"],
  [7, "seven|sieben|sept|siete|zeven|sette"],
  [8, "eight|acht|huit|ocho|otto"],
  [9, "nine|neun|neuf|nueve|negen|nove"],
  [10, "ten|zehn|dix|diez|tien|dieci"],
  [11, "eleven|elf|onze|once|undici"],
  [12, "twelve|zwölf|douze|doce|twaalf|dodici|dozen|dutzend|douzaine|docena|dozijn"],
  [13, "thirteen|dreizehn|treize|trece|dertien|tredici"],
  [14, "fourteen|vierzehn|quatorze|catorce|veertien|quattordici"],
  [15, "fifteen|fünfzehn|quinze|quince|vijftien|quindici"],
  [16, "sixteen|sechzehn|seize|dieciséis|zestien|sedici"],
  [17, "seventeen|siebzehn|zeventien"],
  [18, "eighteen|achtzehn|achttien"],
  [19, "nineteen|neunzehn|negentien"],
  [20, "twenty|zwanzig|vingt|veinte|twintig|venti"],
  [30, "thirty|dreißig|trente|treinta|dertig|trenta"],
  [40, "forty|vierzig|quarante|cuarenta|veertig|quaranta"],
  [50, "fifty|fünfzig|cinquante|cincuenta|vijftig|cinquanta"],
  [60, "sixty|sechzig|soixante|sesenta|zestig|sessanta"],
  [70, "seventy|siebzig|setenta|zeventig|settanta"],
  [80, "eighty|achtzig|ochenta|tachtig|ottanta"],
  [90, "ninety|neunzig|noventa|negentig|novanta"],
  [100, "hundred|hundert|cent|cien|ciento|honderd|cento"],
  [1000, "thousand|tausend|mille|mil|duizend"],
  [1_000_000, "million|millionen|millions|millón|millones|miljoen|milione|milioni"],
];

const values = new Map(words.flatMap(([value, forms]) => forms.split("|").map((form) => [form, value] as const)));

/** "one" in its languages: a number only where a unit follows. */
export const oneWords = "one|a|an|ein|eine|einen|einem|un|une|uno|una|een|één";

/** Alternatives for a pattern, longest first, so that "sixteen" is not read as "six". */
export const numberWords = [...values.keys()].sort((a, b) => b.length - a.length).join("|");

/** The value of a number word in any case; undefined for other words. */
export function wordValue(word: string): number | undefined {
  return values.get(word.toLowerCase());
}
