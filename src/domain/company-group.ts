import { makeBoundedCache } from "./bounded-cache.ts";
import { companyKey, foldWord, isLegalForm, nameWords } from "./company-name.ts";

/**
 * Whether two names are one company's, or one is that of a national or regional company of the other: its name with a
 * country, a region or a legal form after it ("Umbrella Deutschland GmbH" and "Umbrella Corp."). Two national companies
 * are not told to belong together ("Air France", "Air Canada"). Names without a letter or digit are nobody's.
 */
export function isSameGroup(one: string, other: string): boolean {
  const [a, b] = [companyKey(one), companyKey(other)];
  if (a === "" || b === "") return false;
  return a === b || isBranch(one, b) || isBranch(other, a);
}

/** Whether the name begins with the words that run together to the key, and goes on with where it is. */
function isBranch(name: string, key: string): boolean {
  const words = wordsOf(name);
  let joined = "";
  for (const [at, word] of words.entries()) {
    joined += word;
    if (joined === key) return words.slice(at + 1).every((rest) => isLegalForm(rest) || places().has(rest));
    if (!key.startsWith(joined)) return false;
  }
  return false;
}

function wordsOf(name: string): readonly string[] {
  const known = words.get(name);
  if (known !== undefined) return known;
  const made = nameWords(name).map(foldWord);
  words.set(name, made, 1);
  return made;
}

const words = makeBoundedCache<string, readonly string[]>(10_000);

let knownPlaces: ReadonlySet<string> | null = null;

/** Names of countries in the languages that are read here, and what companies call parts of the world. */
function places(): ReadonlySet<string> {
  knownPlaces ??= new Set(
    languages
      .flatMap((language) => {
        const names = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
        return countries.flatMap((code) => names.of(code)?.match(/\p{L}{3,}/gu) ?? []);
      })
      .concat(countries, regions)
      .map(foldWord),
  );
  return knownPlaces;
}

const languages = "en de fr es it nl pl sv".split(" ");
const countries = (
  "AE AR AT AU BE BG BR CA CH CL CN CO CY CZ DE DK EE EG ES FI FR GB GR HK HR HU ID IE IL IN IS IT JP KR LI LT LU LV " +
  "MA MC MT MX MY NL NO NZ PE PH PK PL PT RO RS RU SA SE SG SI SK TH TN TR TW UA US VN ZA"
).split(" ");
const regions = (
  "UK USA EU EMEA DACH APAC LATAM AMER BeNeLux CEE MENA UAE Europe Europa European Asia Asien Asie Pacific Africa " +
  "Afrika Afrique America Americas Amerika Amérique América Nordic Nordics Norden Scandinavia Skandinavien Iberia Iberica " +
  "Baltics Balkan Deutsche Britain England Scotland Wales Holland Eurasia Oceania North South East West Northern Southern " +
  "Eastern Western Central Nord Süd Ost Middle and und et e y of " +
  "International Internationale Internacional Internazionale Global Worldwide World Overseas Region Regional"
).split(" ");
