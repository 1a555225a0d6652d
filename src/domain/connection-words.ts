import type { Incentive } from "./asset.ts";

/**
 * Whether a disclosure says what connects the endorser to the provider, as a reader understands it: a word of that kind
 * of connection in the asset's language, or in English (16 CFR 255.5: clearly and conspicuously). Of what is filed as
 * `other`, and of languages without words here, a word of any kind will do.
 */
export function saysConnection({ kind, text }: Pick<Incentive, "kind" | "text">, language: string): boolean {
  const own = words[language.split("-", 1)[0]?.toLowerCase() ?? ""];
  const known = own === undefined ? Object.values(words) : [own, english];
  return known.some((of) => (kind === "other" ? Object.values(of) : [of[kind], of.any]).some((one) => one.test(text)));
}

type Words = Readonly<Record<Exclude<Incentive["kind"], "other"> | "any", RegExp>>;

/** A word may go on ("Gutscheins") and German ones may begin earlier ("Geschenkgutschein"). */
const begins = (parts: string) => new RegExp(`(?<!\\p{L})(?:${parts})`, "iu");
const contains = (parts: string) => new RegExp(`(?:${parts})`, "iu");

const english: Words = {
  any: begins("incentiv|compensat|reward|in (?:return|exchange) for|sponsor|material connection"),
  payment: begins("pa(?:id|y(?:ment|s|ed)?)(?!\\p{L})|fee|commission|\\p{Sc}\\s?\\p{Nd}|remunerat"),
  "gift-card": begins("gift|voucher|coupon"),
  discount: begins("discount|reduced|rebate|price reduction|cheaper|credit(?!\\p{L})"),
  "free-product": begins("free(?!\\p{L})|at no c|without charge|for nothing|complimentary|sample|gift"),
  donation: begins("donat|charit"),
  partnership: begins("partner|commission|affiliat|resell|invest"),
};

const words: Readonly<Record<string, Words>> = {
  en: english,
  de: {
    any: contains("gegenleistung|vergüt|belohn|entlohn|anzeige|werbung|gesponsert"),
    payment: contains("bezahl|zahl(?:te|t|ung)|honorar|geld|provision|entgelt"),
    "gift-card": contains("gutschein|geschenk|guthaben"),
    discount: contains("rabatt|nachlass|ermäßig|vergünstig|gutschrift"),
    "free-product": contains("kostenlos|kostenfrei|gratis|umsonst|unentgeltlich|geschenk|testmuster"),
    donation: contains("spende|gespendet"),
    partnership: contains("partner|provision|vertriebs|beteilig"),
  },
  fr: {
    any: begins("en (?:échange|contrepartie)|récompens|sponsoris|publicité"),
    payment: begins("pay|rémunér|rétribu|indemnis|argent|commission"),
    "gift-card": begins("(?:carte|bon|chèque)s?[ -](?:cadeau|d['’]achat)|cadeau"),
    discount: begins("remise|réduction|rabais|ristourne|avoir"),
    "free-product": begins("gratuit|offert|sans frais|cadeau|échantillon"),
    donation: begins("don(?!\\p{L})|dons(?!\\p{L})|reverse"),
    partnership: begins("partenai?r|commission|affili|revendeu"),
  },
  es: {
    any: begins("a cambio|recompens|incentiv|patrocin|publicidad"),
    payment: begins("pag|remuner|cobr|dinero|comisi"),
    "gift-card": begins("tarjeta|regalo|vale|cup[oó]n|cheque"),
    discount: begins("descuento|rebaja|bonificaci"),
    "free-product": begins("grat(?:is|uit)|sin coste|regal|muestra"),
    donation: begins("dona"),
    partnership: begins("soci|comisi|afiliad|colabora|partner|distribuidor"),
  },
  it: {
    any: begins("in cambio|ricompens|incentiv|sponsorizz|pubblicità"),
    payment: begins("pag|compens|retribu|denaro|commission|provvigion"),
    "gift-card": begins("buon|carta regalo|regal|coupon"),
    discount: begins("scont|riduzion|rimbors"),
    "free-product": begins("gratis|gratuit|omaggio|senza costi|regal|campion"),
    donation: begins("donazion|dona(?!\\p{L})|beneficenza"),
    partnership: begins("partner|commission|affiliat|provvigion|rivenditor"),
  },
  nl: {
    any: contains("in ruil|tegenprestatie|beloning|beloond|vergoed|gesponsord|advertentie"),
    payment: contains("betaal|betaling|geld|honorarium|commissie"),
    "gift-card": contains("cadeau|bon(?!\\p{L})|tegoed|voucher"),
    discount: contains("korting"),
    "free-product": contains("gratis|kosteloos|cadeau|proefexemplaar"),
    donation: contains("donat|doneer|schenk|goed doel"),
    partnership: contains("partner|commissie|wederverkoper"),
  },
  pl: {
    any: begins("w zamian|wynagrodz|nagrod|sponsor|reklam"),
    payment: begins("zapłac|płat|opłac|honorarium|prowizj"),
    "gift-card": begins("kart|bon|voucher|kupon|prezent|upomin"),
    discount: begins("rabat|zniżk|obniżk|upust"),
    "free-product": begins("bezpłat|darmow|gratis|za darmo|prezent|próbk"),
    donation: begins("darowizn|przekaza|wsparci"),
    partnership: begins("partner|prowizj|afiliac|współprac"),
  },
  sv: {
    any: contains("i utbyte|belöning|ersättning|sponsr|annons|reklam"),
    payment: contains("betal|arvode|pengar|provision"),
    "gift-card": contains("presentkort|gåv|kupong|värdecheck"),
    discount: contains("rabatt|nedsatt pris"),
    "free-product": contains("gratis|kostnadsfri|utan kostnad|gåva|varuprov"),
    donation: contains("donera|donation|skänk|välgör"),
    partnership: contains("partner|provision|återförsälj|samarbet"),
  },
};
