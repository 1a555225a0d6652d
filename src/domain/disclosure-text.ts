import type { EndorserFacts } from "./endorser.ts";

type Relationship = EndorserFacts["relationship"];
type Insider = Extract<Relationship, "employee" | "officer" | "agent" | "relative" | "partner" | "investor">;

/** The words that disclose an insider's relationship, in the language of the asset, else in English; null for others. */
export function insiderDisclosure(relationship: Relationship, language: string): string | null {
  if (!isInsider(relationship)) return null;
  return (disclosures[primary(language)] ?? disclosures.en)[relationship];
}

/** The words that say that what is shown was picked. */
export function selectionWords(language: string): string {
  return wordsIn(language).selection;
}

/** What the link to the policy on reviews is called. */
export function reviewPolicyWords(language: string): string {
  return wordsIn(language).policy;
}

/** That the source checked the reviewer, where its `method` is one that says so; null for every other. */
export function checkedWords(method: string | undefined, language: string): string | null {
  switch (method) {
    case "verified-purchase":
      return wordsIn(language).purchaseChecked;
    case "verified-user":
      return wordsIn(language).useChecked;
    default:
      return null;
  }
}

/** As of which day, and on how many reviews; null where the terms want something said that the record does not have. */
export function sourceWords(
  language: string,
  wanted: { readonly asOf: boolean; readonly reviewCount: boolean },
  known: { readonly collectedAt?: string | undefined; readonly reviewCount?: number | undefined },
): string | null {
  const { asOf, reviews } = wordsIn(language);
  const day = known.collectedAt?.slice(0, 10);
  if ((wanted.asOf && day === undefined) || (wanted.reviewCount && known.reviewCount === undefined)) return null;
  const parts = [
    ...(wanted.asOf ? [`${asOf} ${day}`] : []),
    ...(wanted.reviewCount ? [reviews.replace("#", String(known.reviewCount))] : []),
  ];
  return parts.length === 0 ? null : parts.join(", ");
}

/** That a model wrote the words around the proof. */
export function modelTextWords(language: string): string {
  return wordsIn(language).modelText;
}

/** That one talks to a machine. */
export function machineNoticeWords(language: string): string {
  return wordsIn(language).machine;
}

/** Relationships that must be disclosed (16 CFR 465.5; partner and investor as connections under 255.5). */
export function isInsider(relationship: Relationship): relationship is Insider {
  return Object.hasOwn(disclosures.en, relationship);
}

function primary(language: string): string {
  return language.split("-", 1)[0] ?? "";
}

interface Words {
  readonly selection: string;
  readonly policy: string;
  readonly asOf: string;
  /** With # for how many. */
  readonly reviews: string;
  readonly purchaseChecked: string;
  readonly useChecked: string;
  readonly modelText: string;
  readonly machine: string;
}

function wordsIn(language: string): Words {
  return words[primary(language)] ?? words.en;
}

const words: { readonly en: Words } & Readonly<Record<string, Words | undefined>> = {
  en: {
    selection: "Selected quotes.",
    policy: "Our policy on reviews",
    asOf: "As of",
    reviews: "# reviews",
    purchaseChecked: "The reviewer’s purchase was verified.",
    useChecked: "It was verified that the reviewer has used the product.",
    modelText: "The introduction was written by AI.",
    machine: "You are chatting with an automated system.",
  },
  de: {
    selection: "Ausgewählte Zitate.",
    policy: "Unsere Regeln für Bewertungen",
    asOf: "Stand",
    reviews: "# Bewertungen",
    purchaseChecked: "Der Kauf der bewertenden Person wurde geprüft.",
    useChecked: "Es wurde geprüft, dass die bewertende Person das Produkt genutzt hat.",
    modelText: "Der einleitende Text wurde von einer KI geschrieben.",
    machine: "Sie chatten mit einem automatischen System.",
  },
  fr: {
    selection: "Citations choisies.",
    policy: "Nos règles sur les avis",
    asOf: "Au",
    reviews: "# avis",
    purchaseChecked: "L’achat de l’auteur de cet avis a été vérifié.",
    useChecked: "Il a été vérifié que l’auteur de cet avis a utilisé le produit.",
    modelText: "L’introduction a été rédigée par une IA.",
    machine: "Vous échangez avec un système automatisé.",
  },
  es: {
    selection: "Citas seleccionadas.",
    policy: "Nuestras normas sobre reseñas",
    asOf: "A fecha de",
    reviews: "# reseñas",
    purchaseChecked: "Se ha verificado la compra del autor de esta reseña.",
    useChecked: "Se ha verificado que el autor de esta reseña ha utilizado el producto.",
    modelText: "La introducción fue redactada por una IA.",
    machine: "Está conversando con un sistema automatizado.",
  },
  it: {
    selection: "Citazioni selezionate.",
    policy: "Le nostre regole sulle recensioni",
    asOf: "Al",
    reviews: "# recensioni",
    purchaseChecked: "L’acquisto dell’autore della recensione è stato verificato.",
    useChecked: "È stato verificato che l’autore della recensione ha usato il prodotto.",
    modelText: "L’introduzione è stata scritta da un’IA.",
    machine: "Sta conversando con un sistema automatizzato.",
  },
  nl: {
    selection: "Geselecteerde citaten.",
    policy: "Onze regels voor beoordelingen",
    asOf: "Stand van",
    reviews: "# beoordelingen",
    purchaseChecked: "De aankoop van de beoordelaar is gecontroleerd.",
    useChecked: "Er is gecontroleerd dat de beoordelaar het product heeft gebruikt.",
    modelText: "De inleiding is door AI geschreven.",
    machine: "U chat met een geautomatiseerd systeem.",
  },
  pl: {
    selection: "Wybrane cytaty.",
    policy: "Nasze zasady dotyczące opinii",
    asOf: "Stan na",
    reviews: "liczba opinii: #",
    purchaseChecked: "Zakup dokonany przez autora opinii został zweryfikowany.",
    useChecked: "Zweryfikowano, że autor opinii korzystał z produktu.",
    modelText: "Wprowadzenie napisała sztuczna inteligencja.",
    machine: "Na tym czacie odpowiada zautomatyzowany system.",
  },
  sv: {
    selection: "Utvalda citat.",
    policy: "Våra regler för recensioner",
    asOf: "Per",
    reviews: "# recensioner",
    purchaseChecked: "Recensentens köp har verifierats.",
    useChecked: "Det har verifierats att recensenten har använt produkten.",
    modelText: "Inledningen är skriven av AI.",
    machine: "Du chattar med ett automatiserat system.",
  },
};

const disclosures: { readonly en: Readonly<Record<Insider, string>> } & Readonly<
  Record<string, Readonly<Record<Insider, string>> | undefined>
> = {
  en: {
    employee: "The reviewer is an employee of the provider.",
    officer: "The reviewer is an officer of the provider.",
    agent: "The reviewer acts as an agent of the provider.",
    relative: "The reviewer is a relative of someone at the provider.",
    partner: "The reviewer is a business partner of the provider.",
    investor: "The reviewer is an investor in the provider.",
  },
  de: {
    employee: "Die bewertende Person ist beim Anbieter angestellt.",
    officer: "Die bewertende Person gehört zur Leitung des Anbieters.",
    agent: "Die bewertende Person handelt im Auftrag des Anbieters.",
    relative: "Die bewertende Person ist mit jemandem beim Anbieter verwandt.",
    partner: "Die bewertende Person ist Geschäftspartner des Anbieters.",
    investor: "Die bewertende Person ist am Anbieter beteiligt.",
  },
  fr: {
    employee: "L’auteur de cet avis est salarié du fournisseur.",
    officer: "L’auteur de cet avis est dirigeant du fournisseur.",
    agent: "L’auteur de cet avis agit pour le compte du fournisseur.",
    relative: "L’auteur de cet avis est un proche d’une personne travaillant chez le fournisseur.",
    partner: "L’auteur de cet avis est un partenaire commercial du fournisseur.",
    investor: "L’auteur de cet avis est un investisseur du fournisseur.",
  },
  es: {
    employee: "El autor de esta reseña es empleado del proveedor.",
    officer: "El autor de esta reseña es directivo del proveedor.",
    agent: "El autor de esta reseña actúa en nombre del proveedor.",
    relative: "El autor de esta reseña es familiar de una persona del proveedor.",
    partner: "El autor de esta reseña es socio comercial del proveedor.",
    investor: "El autor de esta reseña es inversor del proveedor.",
  },
  it: {
    employee: "L’autore della recensione è un dipendente del fornitore.",
    officer: "L’autore della recensione è un dirigente del fornitore.",
    agent: "L’autore della recensione agisce per conto del fornitore.",
    relative: "L’autore della recensione è parente di una persona del fornitore.",
    partner: "L’autore della recensione è un partner commerciale del fornitore.",
    investor: "L’autore della recensione è un investitore del fornitore.",
  },
  nl: {
    employee: "De beoordelaar is werknemer van de aanbieder.",
    officer: "De beoordelaar is bestuurder van de aanbieder.",
    agent: "De beoordelaar handelt namens de aanbieder.",
    relative: "De beoordelaar is familie van iemand bij de aanbieder.",
    partner: "De beoordelaar is een zakenpartner van de aanbieder.",
    investor: "De beoordelaar is investeerder in de aanbieder.",
  },
  pl: {
    employee: "Autor opinii jest pracownikiem dostawcy.",
    officer: "Autor opinii należy do kierownictwa dostawcy.",
    agent: "Autor opinii działa w imieniu dostawcy.",
    relative: "Autor opinii jest spokrewniony z osobą pracującą u dostawcy.",
    partner: "Autor opinii jest partnerem biznesowym dostawcy.",
    investor: "Autor opinii zainwestował w firmę dostawcy.",
  },
  sv: {
    employee: "Recensenten är anställd hos leverantören.",
    officer: "Recensenten ingår i leverantörens ledning.",
    agent: "Recensenten agerar på uppdrag av leverantören.",
    relative: "Recensenten är släkt med någon hos leverantören.",
    partner: "Recensenten är affärspartner till leverantören.",
    investor: "Recensenten har investerat i leverantören.",
  },
};
