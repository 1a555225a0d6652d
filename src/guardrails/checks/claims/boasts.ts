/** Words that claim more than one customer can know: the best, the only, always, guaranteed, every customer. */
export interface Boast {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Superlatives and absolutes of a text, in English, German, French, Spanish, Italian and Dutch. */
export function boastsIn(text: string): readonly Boast[] {
  return [...text.matchAll(boast)]
    .filter(([found]) => !plainWords.has(found.toLowerCase()))
    .map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));
}

/** Words that end as a superlative does and are none. */
const plainWords = new Set(
  (
    "west rest test tests request invest interest interested honest guest forest contest harvest modest protest suggest quest chest nest pest vest zest digest manifest " +
    "arrest attest conquest ingest infest detest latest nearest almost most earliest priest budapest everest"
  ).split(" "),
);

const words: readonly string[] = [
  // English
  "best(?!\\s+(?:regards|practices?|wishes))",
  "\\p{L}{3,}est",
  "(?:the )?most (?!of\\b)\\p{L}+",
  "leading",
  "market leaders?",
  "number[- ]one",
  "unbeaten",
  "gold standard",
  "top of (?:its|their|the) class",
  "top[- ]rated",
  "nothing (?:compares|comes close)",
  "without (?:any )?risks?",
  "no\\. ?1",
  "guarantee[sd]?",
  "guaranteed",
  "always",
  "never",
  "only",
  "(?:every|each|all|any) (?:single )?(?:customers?|clients?|users?|teams?|compan(?:y|ies)|business(?:es)?)",
  "everyone",
  "everybody",
  "everything",
  "in every way",
  "nobody",
  "no one",
  "unmatched",
  "unrivall?ed",
  "unbeatable",
  "unique",
  "perfect(?:ly)?",
  "world[- ]class",
  "ultimate",
  "proven",
  "certified",
  "award[- ]winning",
  "risk[- ]free",
  "for free",
  "free of charge",
  "foolproof",
  "flawless(?:ly)?",
  "instant(?:ly)?",
  "second to none",
  // German
  "best(?:e[rnsm]?)",
  "führend(?:e[rnsm]?)?",
  "marktführer",
  "einzig(?:e[rnsm]?|artig(?:e[rnsm]?)?)?",
  "garantier(?:t|en)",
  "garantie",
  "immer",
  "nie(?:mals)?",
  "jede[rnsm]? (?:kunde|kunden|team|firma)",
  "alle(?:n)? (?:kunden|teams|firmen)",
  "\\p{L}{3,}st(?:e[rnsm])(?= (?:anbieter|lösung|software|kunden|teams|wahl))",
  "nummer eins",
  "ungeschlagen(?:e[rnsm]?)?",
  "goldstandard",
  "ohne (?:jedes )?risiko",
  "perfekt(?:e[rnsm]?)?",
  "unschlagbar(?:e[rnsm]?)?",
  "risikofrei",
  "kostenlos",
  "zertifiziert(?:e[rnsm]?)?",
  "am \\p{L}{3,}sten",
  // French
  "meilleure?s?",
  "leaders? (?:du|mondial)",
  "numéro un",
  "sans (?:aucun )?risque",
  "garanti(?:e|s|es)?",
  "toujours",
  "jamais",
  "(?:tous les|chaque) (?:clients?|équipes?|entreprises?)",
  "(?:le|la|les) plus \\p{L}+",
  "(?:le|la) seule?",
  "uniques?",
  "parfaite?s?",
  "inégalée?s?",
  "certifiée?s?",
  "gratuite?s?",
  // Spanish
  "mejor(?:es)?",
  "líder(?:es)?",
  "número uno",
  "garantizad[oa]s?",
  "siempre",
  "nunca",
  "(?:todos los|cada) (?:clientes?|equipos?|empresas?)",
  "(?:el|la|los|las) más \\p{L}+",
  "únic[oa]s?",
  "perfect[oa]s?",
  "sin (?:ningún )?riesgos?",
  "certificad[oa]s?",
  "gratis",
  // Italian
  "miglior[ei]?",
  "leader",
  "numero uno",
  "garantit[oaie]",
  "sempre",
  "mai",
  "(?:tutti i|ogni) (?:clienti?|squadr[ae]|aziend[ae])",
  "(?:il|la|i|le) più \\p{L}+",
  "unic[oaie]",
  "perfett[oaie]",
  "senza (?:alcun )?rischi[o]?",
  "certificat[oaie]",
  // Dutch
  "beste",
  "toonaangevende?",
  "marktleider",
  "nummer één",
  "nummer een",
  "gegarandeerde?",
  "altijd",
  "nooit",
  "(?:alle|elke) (?:klant(?:en)?|teams?)",
  "enige",
  "perfecte?",
  "risicovrij",
  "zonder (?:enig )?risico",
  "gecertificeerde?",
  "gratis",
  "snelste",
  "goedkoopste",
];

const boast = new RegExp(`(?<![\\p{L}\\p{N}])(?:#1|${words.join("|")})(?![\\p{L}\\p{N}])`, "giu");
