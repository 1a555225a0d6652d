import type { EndorserFacts } from "./endorser.ts";

type Relationship = EndorserFacts["relationship"];
type Insider = Extract<Relationship, "employee" | "officer" | "agent" | "relative" | "partner" | "investor">;

/** The words that disclose an insider's relationship, in the language of the asset, else in English; null for others. */
export function insiderDisclosure(relationship: Relationship, language: string): string | null {
  if (!isInsider(relationship)) return null;
  const words = disclosures[language.split("-", 1)[0] ?? ""] ?? disclosures.en;
  return words[relationship];
}

/** Relationships that must be disclosed (16 CFR 465.5; partner and investor as connections under 255.5). */
export function isInsider(relationship: Relationship): relationship is Insider {
  return Object.hasOwn(disclosures.en, relationship);
}

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
};
