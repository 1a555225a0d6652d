import type { Disclosure } from "../../../src/domain/content.ts";
import type { PlacementFacts } from "../../../src/domain/facts.ts";
import { capacityOf, marketOf } from "./markets.ts";
import { contentOf, type RuleJudge, renderedOf, unless, versionOf } from "./opinion.ts";
import { isReview } from "./sources.ts";

/** What is said beside the proof. Of a version that is not known, nobody can tell that nothing is owed. */
export const disclosures: Readonly<Record<string, RuleJudge>> = {
  "review.selection": (facts) => {
    const asset = versionOf(facts)?.content;
    if (!asset) return "deny";
    const isOwed = isReview(asset) && marketOf(facts).reviewSelection;
    return unless(!isOwed || says(facts, "selection", wordsIn(asset.language).selection), "deny");
  },

  "disclose.verification": (facts) => {
    const asset = versionOf(facts)?.content;
    if (!asset) return "deny";
    const { reviewVerification, reviewPolicy } = marketOf(facts);
    const maySeeConsumer = facts.lead === null || capacityOf(facts) === "consumer";
    if (!isReview(asset) || !maySeeConsumer) return "ok";
    // How it was collected does not say that the reviewer has bought or used it.
    const { purchase, use } = wordsIn(asset.language);
    const checked = new Map([
      ["verified-purchase", purchase],
      ["verified-user", use],
    ]).get(asset.source.method ?? "");
    const how = facts.profile.reviewVerification ?? checked;
    const isHowSaid = how !== undefined && says(facts, "verification", how);
    const isPolicyLinked = links(facts, facts.profile.reviewPolicyUrl);
    return unless((!reviewVerification || isHowSaid) && (!reviewPolicy || isPolicyLinked), "deny");
  },

  "disclose.adviser": (facts) => {
    const version = versionOf(facts);
    if (!version) return "deny";
    const isTestimonial = version.endorserId !== null || version.content.quote !== undefined;
    if (!facts.profile.regulated.includes("sec-adviser") || !isTestimonial) return "ok";
    const { adviser } = version.content.source;
    if (!adviser) return "deny";
    const { clientStatus, compensation, conflicts } = adviser;
    return unless(
      [clientStatus, compensation, conflicts].every((text) => says(facts, "adviser", text)),
      "deny",
    );
  },

  "disclose.ai": (facts) => {
    const asset = versionOf(facts)?.content;
    if (!asset) return "deny";
    const { notice, model } = wordsIn(asset.language);
    const talks = facts.touchpoint.channel === "chat" && marketOf(facts).machineNotice;
    // Whoever the planner was, only the one that is known to go by rules writes nothing.
    const mayBeModel = facts.framingBy === "planner" && facts.planner?.kind !== "rules";
    const isMarked = !facts.profile.marksModelText || !mayBeModel || says(facts, "ai", model);
    return unless(isMarked && (!talks || says(facts, "ai", notice)), "deny");
  },
};

/** In what is hashed and approved, and in what the lead sees. */
export function says(facts: PlacementFacts, kind: Disclosure["kind"], text: string): boolean {
  const composed = contentOf(facts)?.disclosures.filter((one) => one.kind === kind) ?? [];
  const seen = renderedOf(facts)?.disclosures ?? [];
  return text.trim() !== "" && composed.some((one) => one.text === text) && seen.includes(text);
}

export function links(facts: PlacementFacts, url: string | undefined): boolean {
  const composed = contentOf(facts)?.links.map((one) => one.url) ?? [];
  const seen = renderedOf(facts)?.links.map((one) => one.url) ?? [];
  return url !== undefined && composed.includes(url) && seen.includes(url);
}

/** By the first part of the asset's language; in English where the words have no other. */
function wordsIn(language: string): Words {
  return words[language.split("-")[0] ?? ""] ?? english;
}

interface Words {
  readonly selection: string;
  readonly purchase: string;
  readonly use: string;
  readonly model: string;
  readonly notice: string;
}

const english = {
  selection: "Selected quotes.",
  purchase: "The reviewer’s purchase was verified.",
  use: "It was verified that the reviewer has used the product.",
  model: "The introduction was written by AI.",
  notice: "You are chatting with an automated system.",
};
const words: Readonly<Record<string, Words>> = {
  de: {
    selection: "Ausgewählte Zitate.",
    purchase: "Der Kauf der bewertenden Person wurde geprüft.",
    use: "Es wurde geprüft, dass die bewertende Person das Produkt genutzt hat.",
    model: "Der einleitende Text wurde von einer KI geschrieben.",
    notice: "Sie chatten mit einem automatischen System.",
  },
  fr: {
    selection: "Citations choisies.",
    purchase: "L’achat de l’auteur de cet avis a été vérifié.",
    use: "Il a été vérifié que l’auteur de cet avis a utilisé le produit.",
    model: "L’introduction a été rédigée par une IA.",
    notice: "Vous échangez avec un système automatisé.",
  },
  es: {
    selection: "Citas seleccionadas.",
    purchase: "Se ha verificado la compra del autor de esta reseña.",
    use: "Se ha verificado que el autor de esta reseña ha utilizado el producto.",
    model: "La introducción fue redactada por una IA.",
    notice: "Está conversando con un sistema automatizado.",
  },
  it: {
    selection: "Citazioni selezionate.",
    purchase: "L’acquisto dell’autore della recensione è stato verificato.",
    use: "È stato verificato che l’autore della recensione ha usato il prodotto.",
    model: "L’introduzione è stata scritta da un’IA.",
    notice: "Sta conversando con un sistema automatizzato.",
  },
  nl: {
    selection: "Geselecteerde citaten.",
    purchase: "De aankoop van de beoordelaar is gecontroleerd.",
    use: "Er is gecontroleerd dat de beoordelaar het product heeft gebruikt.",
    model: "De inleiding is door AI geschreven.",
    notice: "U chat met een geautomatiseerd systeem.",
  },
  pl: {
    selection: "Wybrane cytaty.",
    purchase: "Zakup dokonany przez autora opinii został zweryfikowany.",
    use: "Zweryfikowano, że autor opinii korzystał z produktu.",
    model: "Wprowadzenie napisała sztuczna inteligencja.",
    notice: "Na tym czacie odpowiada zautomatyzowany system.",
  },
  sv: {
    selection: "Utvalda citat.",
    purchase: "Recensentens köp har verifierats.",
    use: "Det har verifierats att recensenten har använt produkten.",
    model: "Inledningen är skriven av AI.",
    notice: "Du chattar med ett automatiserat system.",
  },
};
