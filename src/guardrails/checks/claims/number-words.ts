/** A number as a word, and the languages in which it is one. */
export interface NumberWord {
  readonly value: number;
  readonly languages: ReadonlySet<string>;
}

/** Whether a number may begin with this word (lower case); false saves looking further. */
export function mayBeginNumber(word: string): boolean {
  return firstWords.has(word) || joinedScale.test(word);
}

/** Words that are numbers in one language and something else in another: "once", "due", "seize", "onze". */
export function isAmbiguous(word: string): boolean {
  return ambiguous.has(word);
}

const ambiguous = new Set(
  "once due sei cent cents mil mille mila elf neuf otto onze seize null nil sept dix".split(" "),
);
const joinedScale = /tausend|duizend|^mille.|mila|hundert|honderd|cento/;

/** Nought to ninety-nine, hundreds and thousands of English, German, French, Spanish, Italian and Dutch; lower case. */
export function numberWord(word: string): NumberWord | null {
  return simple.get(word) ?? compound(word);
}

/** How many words a number below a hundred may be made of ("cuarenta y cinco", "quatre vingt dix sept"). */
export const longestInWords = 4;

const simple = new Map<string, { value: number; languages: Set<string> }>();
const firstWords = new Set<string>();

const en = {
  ones: "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
  tens: "twenty thirty forty fifty sixty seventy eighty ninety",
};
const de = {
  ones: "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
  tens: "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
};
const fr = {
  ones: "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
  tens: "vingt trente quarante cinquante soixante",
};
const es = {
  ones: "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
  tens: "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
};
const it = {
  ones: "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
  tens: "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
};
const nl = {
  ones: "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
  tens: "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
};

for (const [language, words, joined] of [
  ["en", en, (ten: string, one: string) => [`${ten} ${one}`]],
  ["de", de, (ten: string, one: string) => [`${one === "eins" ? "ein" : one}und${ten}`]],
  [
    "es",
    es,
    (ten: string, one: string) => [
      `${ten} y ${one}`,
      ...(ten === "veinte" ? [`veinti${one}`, `veinti${accented(one)}`] : []),
    ],
  ],
  ["it", it, (ten: string, one: string) => [`${ten}${accented(one)}`, `${ten}${one}`, `${ten.slice(0, -1)}${one}`]],
  ["nl", nl, (ten: string, one: string) => [`${one}en${ten}`, `${one}ën${ten}`]],
] as const) {
  for (const [value, word] of words.ones.split(" ").entries()) add(language, word, value);
  for (const [index, ten] of words.tens.split(" ").entries()) {
    add(language, ten, 20 + 10 * index);
    for (const [less, one] of words.ones.split(" ").slice(1, 10).entries()) {
      for (const word of joined(ten, one)) add(language, word, 20 + 10 * index + less + 1);
    }
  }
}
for (const [value, word] of fr.ones.split(" ").entries()) add("fr", word, value);
for (const [index, ten] of fr.tens.split(" ").entries()) add("fr", ten, 20 + 10 * index);
// Belgium and Switzerland count by tens.
for (const [ten, value] of [
  ["septante", 70],
  ["huitante", 80],
  ["octante", 80],
  ["nonante", 90],
] as const) {
  add("fr", ten, value);
  add("fr", `${ten} et un`, value + 1);
  for (const [less, one] of fr.ones.split(" ").slice(2, 10).entries()) add("fr", `${ten} ${one}`, value + less + 2);
}
for (let value = 21; value < 100; value++) add("fr", french(value), value);

for (const [language, words, value] of [
  ["en", "hundred", 100],
  ["de", "hundert einhundert", 100],
  ["fr", "cent cents", 100],
  ["es", "cien ciento", 100],
  ["it", "cento", 100],
  ["nl", "honderd", 100],
  ["es", "doscientos doscientas", 200],
  ["es", "trescientos trescientas", 300],
  ["es", "cuatrocientos cuatrocientas", 400],
  ["es", "quinientos quinientas", 500],
  ["es", "seiscientos seiscientas", 600],
  ["es", "setecientos setecientas", 700],
  ["es", "ochocientos ochocientas", 800],
  ["es", "novecientos novecientas", 900],
  ["de", "tausend eintausend", 1000],
  ["fr", "mille", 1000],
  ["es", "mil", 1000],
  ["it", "mille", 1000],
  ["nl", "duizend", 1000],
  ["en", "thousand", 1000],
  ["de", "dreissig", 30],
  ["es", "una un", 1],
  ["de", "ein eine einen einem einer", 1],
  ["fr", "une", 1],
  ["it", "un una", 1],
  ["nl", "één", 1],
  ["en", "nil", 0],
  ["de", "zwo", 2],
  ["es", "veintiún veintiuna", 21],
  ["de", "anderthalb anderthalbe anderthalben eineinhalb", 1.5],
  ["nl", "anderhalf anderhalve", 1.5],
] as const) {
  for (const word of words.split(" ")) add(language, word, value);
}

for (const [less, one] of de.ones.split(" ").slice(2, 13).entries()) add("de", `${one}einhalb`, less + 2.5);
for (const [less, one] of nl.ones.split(" ").slice(2, 13).entries()) {
  for (const and of ["en", "ën"])
    for (const half of ["half", "halve", "eenhalf"]) add("nl", one + and + half, less + 2.5);
}

/** Spanish and Italian mark the last syllable where one word is made of two: "veintidós", "trentatré". */
function accented(one: string): string {
  return one.replace(/^(d)o(s)$|^(tr)e(s?)$|^(s)e(is)$/, (word) =>
    word.startsWith("d") ? "dós" : word.replace("e", "é"),
  );
}

function add(language: string, written: string, value: number): void {
  const word = written.replaceAll("-", " ");
  firstWords.add(word.split(" ", 1)[0] ?? "");
  const known = simple.get(word);
  if (known === undefined) simple.set(word, { value, languages: new Set([language]) });
  else known.languages.add(language);
}

/** French counts by twenties from sixty on, and says "et un". */
function french(value: number): string {
  const base = value < 70 ? Math.floor(value / 10) * 10 : value < 80 ? 60 : 80;
  const ten = base === 80 ? "quatre vingt" : (fr.tens.split(" ")[base / 10 - 2] ?? "");
  const rest = value - base;
  if (rest === 0) return base === 80 ? "quatre vingts" : ten;
  const one = (fr.ones.split(" ")[rest] ?? "").replace("-", " ");
  return (rest === 1 || rest === 11) && base !== 80 ? `${ten} et ${one}` : `${ten} ${one}`;
}

/** "siebenhundertsiebenundsiebzigtausendsiebenhundertsiebenundsiebzig" is one of the longest. */
const maxLetters = 80;

/** German, Italian and Dutch write hundreds and thousands as one word with what they count. */
function compound(word: string): NumberWord | null {
  if (word.length > maxLetters || !joinedScale.test(word)) return null;
  const more = word.startsWith("mille") ? numberWord(word.slice(5)) : null;
  if (more !== null && more.value < 1000) return { value: 1000 + more.value, languages: new Set(["it"]) };
  const thousands = /^(.*?)(?:tausend|duizend|mila)(?:und|en)?(.*)$/.exec(word);
  // Hundreds of thousands are one number before the thousands.
  const parts = thousands ?? /^(.*?)(?:hundert|honderd|cento)(?:und|en)?(.*)$/.exec(word);
  if (parts === null) return null;
  const [, before = "", after = ""] = parts;
  const many = before === "" ? 1 : numberWord(before)?.value;
  const rest = after === "" ? 0 : numberWord(after)?.value;
  if (many === undefined || rest === undefined) return null;
  return { value: many * (thousands === null ? 100 : 1000) + rest, languages: new Set(["de", "nl", "it"]) };
}
