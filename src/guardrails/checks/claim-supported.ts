import type { Finding } from "../../domain/finding.ts";
import type { TouchpointDefinition } from "../../domain/playbook.ts";
import type { Subject } from "../subject.ts";
import { against, type Check, firstOfForce } from "./check.ts";
import { foreignNames } from "./claims/names.ts";
import { isSame, quantitiesIn } from "./claims/quantities.ts";
import { type ClaimSources, claimSourcesOf } from "./claims/sources.ts";
import { superlativesIn } from "./claims/superlatives.ts";

const rule = "claim.supported";

/**
 * The framing is the playbook's own, or a person has read it. Every amount in it, by value and unit, and every name is
 * traced to the cited version, the playbook or the brand's names; one that has no support there is refused outright, and
 * so is a merge field that is not offered. Superlatives that the asset does not have are put before a person by name.
 */
export const claimSupported: Check = {
  rule,
  holds: "The framing is the playbook's own.",
  source: "16 CFR 255.1; UCPD Art. 6; Directive 2006/114/EC for trade",
  effectiveFrom: firstOfForce,
  applies: () => true,
  examine(subject): readonly Finding[] {
    const { content, rendered, definition, version } = subject;
    if (content === null || rendered === null || definition === null || version === null) {
      return [against(rule, "deny", "The framing, its template or the asset it speaks of is not known.")];
    }
    // Nobody proposes a subject: one that is not the playbook's comes from nowhere.
    if ([content.subject, rendered.subject].some((subject) => subject !== definitionSubject(definition))) {
      return [against(rule, "deny", "The subject is not the playbook's own.")];
    }
    const own = [...new Set([content.framing, rendered.framing])].filter((framing) => framing !== definition.framing);
    if (own.length === 0) return [];
    const sources = claimSourcesOf(subject);
    return own.flatMap((framing) => claimsOf(framing, sources, subject));
  },
};

function claimsOf(framing: string, sources: ClaimSources, { facts, version }: Subject): readonly Finding[] {
  if (mergeField.test(framing)) {
    return [against(rule, "deny", "The framing has a merge field that is not offered.")];
  }
  const amounts = quantitiesIn(framing).map((stated) => ({
    stated,
    support: sources.quantities.find((one) => isSame(stated, one)),
  }));
  const findings: Finding[] = [];
  const foreign = amounts.flatMap(({ stated, support }) => (support ? [] : [stated.words]));
  if (foreign.length > 0) {
    findings.push(
      against(rule, "deny", "The framing has a figure that the asset does not have.", { figures: foreign }),
    );
  }
  const language = version?.content.language ?? facts.profile.defaultLanguage;
  const names = foreignNames(framing, sources, { language, competitors: facts.profile.competitors });
  if (names.length > 0) {
    const reason = "The framing names somebody or something that neither the asset nor the playbook names.";
    findings.push(against(rule, "deny", reason, { names }));
  }
  // What is refused needs no reader.
  if (findings.length > 0) return findings;
  const boasts = superlativesIn(framing).filter((words) => !isSaid(words, sources));
  if (boasts.length > 0) {
    const reason = "The framing has a superlative that the asset does not bear out.";
    findings.push(against(rule, "review", reason, { superlatives: boasts }));
  }
  const supported = amounts.flatMap(({ stated, support }) =>
    support ? [{ words: stated.words, in: support.in, start: support.start, end: support.end }] : [],
  );
  const reason = "The framing is not the playbook's own, and nobody has read it.";
  return [...findings, against(rule, "review", reason, supported.length > 0 ? { supported } : {})];
}

/** E-mail alone has one, whatever a playbook says elsewhere. */
function definitionSubject({ channel, subject }: TouchpointDefinition): string | undefined {
  return channel === "email" ? subject : undefined;
}

const mergeField = /\{\{(?!\s*(?:company|industry|product)\s*\}\})/;

function isSaid(words: string, { texts }: ClaimSources): boolean {
  return texts.some(({ text }) => text.toLowerCase().includes(words.toLowerCase()));
}
