import { against, type Check, firstOfForce } from "./check.ts";

const rule = "profile.special";

/** The words around a proof neither say nor imply a sensitive attribute of the lead. */
export const profileSpecial: Check = {
  rule,
  holds: "The words around the proof imply nothing sensitive about the lead.",
  source: "Policies of the ad platforms on personal attributes; GDPR Art. 9(1)",
  effectiveFrom: firstOfForce,
  applies: () => true,
  examine({ content, rendered }) {
    if (content === null || rendered === null) return [against(rule, "deny", "What would be shown is not known.")];
    const texts = new Set([content.framing, rendered.framing, content.subject ?? "", rendered.subject ?? ""]);
    const found = [...texts].flatMap((text) => signs.flatMap((sign) => sign.exec(text)?.[0] ?? []));
    if (found.length === 0) return [];
    return [against(rule, "deny", "The words assert or imply something sensitive about the lead.", { words: found })];
  },
};

const attribute =
  "diagnos[ei]s|illness|disease|disability|disorder|depression|anxiety|addiction|pregnancy|cancer|diabetes|hiv|medication|therapy" +
  "|religion|faith|church|race|ethnicity|skin colou?r|sexual orientation|sexuality|gender identity|politics|political views?" +
  "|party membership|union membership|criminal record|conviction|immigration status|debts?|bankruptcy|bad credit|credit score|divorce|weight|age";
const trait =
  "christian|muslim|jewish|jew|hindu|buddhist|catholic|atheist|gay|lesbian|bisexual|transgender|trans|black|white|asian|hispanic|latino|latina" +
  "|disabled|diabetic|depressed|pregnant|divorced|bankrupt|single (?:mother|father|mom|dad|parent)|immigrant|refugee|conservative|liberal" +
  "|republican|democrat|socialist|union member|felon|addict|alcoholic|senior citizen|pensioner|overweight";
const german =
  "diagnose|krankheit|behinderung|depression|sucht|schwangerschaft|religion|glauben?|konfession|herkunft|hautfarbe|sexuelle\\p{L}* orientierung" +
  "|politische\\p{L}* (?:meinung|haltung)|gewerkschaft\\p{L}*|vorstrafen?|schulden|insolvenz|scheidung|übergewicht";
const french =
  "diagnostic|maladie|handicap|dépression|grossesse|religion|foi|origine ethnique|orientation sexuelle|opinions? politiques?|casier judiciaire|dettes?|divorce";
const spanish =
  "diagnóstico|enfermedad|discapacidad|depresión|embarazo|religión|fe|origen étnico|orientación sexual|ideas políticas|antecedentes penales|deudas?|divorcio";
const italian =
  "diagnosi|malattia|disabilità|depressione|gravidanza|religione|fede|origine etnica|orientamento sessuale|opinioni politiche|precedenti penali|debiti|divorzio|sovrappeso";
// "Your belief in us" and "your separation of duties" are about no faith and no divorce.
const dutch =
  "diagnose|ziekte|handicap|depressie|verslaving|zwangerschap|religie|geloof(?!\\s+in(?![\\p{L}]))|geloofsovertuiging|etnische afkomst|huidskleur" +
  "|seksuele (?:geaardheid|voorkeur)|politieke (?:voorkeur|overtuiging|opvattingen)|strafblad|schulden|(?:echt)?scheiding(?!\\s+van(?![\\p{L}]))|overgewicht";
// "Długi" is also "long".
const polish =
  "diagnoz(?:a|ę|y|ie|ą)|chorob(?:a|ę|y|ie|ą)|niepełnosprawnoś(?:ć|ci|cią)|depresj(?:a|ę|i|ą)|ciąż(?:a|ę|y|ą)|religi(?:a|ę|i|ą)|wyznani(?:e|a|u|em)" +
  "|wiar(?:a|ę|y|ą)(?!\\s+w(?![\\p{L}]))|pochodzeni(?:e|a|u|em) etniczn\\p{L}+|kolor(?:u|em)? skóry|orientacj(?:a|ę|i|ą) seksualn\\p{L}+" +
  "|pogląd(?:y|ów|ami|om|ach) polityczn\\p{L}+|karalnoś(?:ć|ci|cią)|dług(?:ów|ami|om|ach)|zadłużeni(?:e|a|u|em)|rozw(?:ód|odu|odzie|odem)|nadwag(?:a|ę|i|ą)";
const swedish =
  "diagnos|sjukdom|funktionsnedsättning|funktionshinder|depression|graviditet|religion|tro(?!\\s+på(?![\\p{L}]))|etniska (?:ursprung|bakgrund)|hudfärg" +
  "|sexuella läggning|politiska (?:åsikt|åsikter|åskådning)|brottsregister|skulder|skilsmässa|övervikt|missbruk";

/** "Your diagnosis", "as a single mother", "since you are pregnant", "people of your faith". */
const signs: readonly RegExp[] = [
  new RegExp(`(?<![\\p{L}])your\\s+(?:own\\s+)?(?:\\p{L}+\\s+)?(?:${attribute})(?![\\p{L}])`, "iu"),
  new RegExp(
    `(?<![\\p{L}])(?:as\\s+(?:a|an)|you(?:['’]re|\\s+are)(?:\\s+(?:a|an))?|for\\s+(?:fellow\\s+)?|being\\s+(?:a|an)?)\\s*(?:\\p{L}+\\s+)?(?:${trait})s?(?![\\p{L}])`,
    "iu",
  ),
  /(?<![\p{L}])(?:people|others|men|women)\s+(?:of|with)\s+your\s+(?:age|race|faith|religion|background|condition|illness|orientation)(?![\p{L}])/iu,
  /(?<![\p{L}])(?:now\s+that|since|because|while)\s+you(?:['’]re|\s+are)\s+(?:over|under|past)\s+\p{Nd}{2}(?![\p{L}\p{N}])/iu,
  /(?<![\p{L}])(?:over|past)\s+(?:40|50|60|70|fifty|sixty|seventy)\s+(?:like|and)\s+(?:you|single|lonely)(?![\p{L}])/iu,
  /(?<![\p{L}])you(?:['’]re|\s+are|r)?\s+(?:(?:being|getting|just)\s+)?(?:sick|ill|in\s+debt|broke|struggling\s+(?:with\s+)?(?:money|debt|addiction)|going\s+through\s+a\s+divorce)(?![\p{L}])/iu,
  new RegExp(
    `(?<![\\p{L}])(?:ihr|ihre|ihrer|ihrem|ihren|dein|deine|deiner|deinem|deinen)\\s+(?:${german})(?![\\p{L}])`,
    "iu",
  ),
  new RegExp(`(?<![\\p{L}])(?:votre|vos|ton|ta|tes)\\s+(?:${french})(?![\\p{L}])`, "iu"),
  new RegExp(`(?<![\\p{L}])(?:su|sus|tu|tus)\\s+(?:${spanish})(?![\\p{L}])`, "iu"),
  new RegExp(`(?<![\\p{L}])(?:su[ao]|suoi|sue|tu[ao]|tuoi|tue|vostr[oaie])\\s+(?:${italian})(?![\\p{L}])`, "iu"),
  new RegExp(`(?<![\\p{L}])(?:uw|je|jouw|jullie)\\s+(?:${dutch})(?![\\p{L}])`, "iu"),
  new RegExp(
    `(?<![\\p{L}])(?:tw(?:ój|oja|oje|oją|ojej|ojego|oim|oich|oimi)|swoj\\p{L}+|swoim|swoich|państwa|pani|pana|wasz\\p{L}*)\\s+(?:${polish})(?![\\p{L}])`,
    "iu",
  ),
  new RegExp(`(?<![\\p{L}])(?:din|ditt|dina|er|ert|era)\\s+(?:${swedish})(?![\\p{L}])`, "iu"),
];
