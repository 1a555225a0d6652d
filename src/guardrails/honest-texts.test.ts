import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { type Different, placementFacts } from "../../test/support/placement-facts.ts";
import { makeGuardrail } from "./cedar-guardrail.ts";
import type { Guardrail } from "./guardrail.ts";

/** Refusing what is honest is a failure like any other, and an operator's templates and planners speak six languages. */
const texts = readFileSync(new URL("../../test/support/honest-texts.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split("\t"))
  .map(([language = "", text = ""]) => ({ language, text }));

const assets: Readonly<Record<string, Different["asset"]>> = {
  en: {},
  de: {
    title: "In neun Tagen live",
    quote: "Wir waren in neun Tagen live, und niemand musste am Wochenende arbeiten.",
  },
  fr: {
    title: "En ligne en neuf jours",
    quote: "Nous étions en ligne en neuf jours, et personne n'a travaillé le week-end.",
  },
  es: {
    title: "En marcha en nueve días",
    quote: "Estuvimos en marcha en nueve días y nadie trabajó el fin de semana.",
  },
  it: {
    title: "Operativi in nove giorni",
    quote: "Eravamo operativi in nove giorni e nessuno ha lavorato nel fine settimana.",
  },
  nl: {
    title: "Live in negen dagen",
    quote: "We waren in negen dagen live en niemand hoefde in het weekend te werken.",
  },
};

let guardrail: Guardrail;
beforeAll(async () => {
  guardrail = await makeGuardrail();
});

const effectOf = (different: Different) => guardrail.judge(placementFacts(different)).verdict.effect;

test.each(Object.keys(assets))("shows honest templates as they are: %s", (language) => {
  const asset = { ...assets[language], language };
  const spoken = texts.filter((one) => one.language === language);
  const judged = spoken.map(({ text }) => `${effectOf({ asset, definition: { framing: text } })}: ${text}`);
  expect(spoken.length).toBeGreaterThanOrEqual(30);
  expect(judged.filter((one) => !one.startsWith("allow"))).toEqual([]);
});

test.each(Object.keys(assets))(
  "refuses no honest framing, and has few questions but the general one: %s",
  (language) => {
    const asset = { ...assets[language], language };
    const spoken = texts.filter((one) => one.language === language);
    const findings = spoken.map(({ text }) => ({
      text,
      found: guardrail.judge(placementFacts({ asset, proposed: { framing: text } })).findings,
    }));
    const refused = findings.filter(({ found }) => found.some(({ effect }) => effect === "deny"));
    const doubted = findings.filter(({ found }) => found.some(({ evidence }) => "doubtful" in evidence));
    expect(refused.map(({ text }) => text)).toEqual([]);
    expect(doubted.length, doubted.map(({ text }) => text).join("\n")).toBeLessThanOrEqual(spoken.length / 5);
  },
);
