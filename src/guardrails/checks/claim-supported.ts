import type { Finding } from "../../domain/finding.ts";
import type { TouchpointDefinition } from "../../domain/playbook.ts";
import { makePersonalData } from "../../personal-data/detector.ts";
import { against, type Check, firstOfForce } from "./check.ts";
import { makeTracer, type Traced } from "./claims/trace-claims.ts";
import { remembered } from "./remembered.ts";

const rule = "claim.supported";

/**
 * The framing is the playbook's own, or each figure and name in it is traced to the asset, the playbook or the brand and
 * a person has read the rest. A figure or a name without support, or a merge field that is not offered, is refused
 * outright; superlatives and absolutes that the asset does not have are asked about by themselves.
 */
export function makeClaimSupported(): Check {
  const trace = makeTracer();
  const personalData = makePersonalData();
  /** A person's name is not repeated: findings are stored and read. */
  const quoted = remembered((text: string) => (personalData.detect(text, "names").spans.length > 0 ? "[name]" : text));
  return {
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
      if ([content.subject, rendered.subject].some((one) => one !== definitionSubject(definition))) {
        return [against(rule, "deny", "The subject is not the playbook's own.")];
      }
      const own = [...new Set([content.framing, rendered.framing])].filter((framing) => framing !== definition.framing);
      if (own.some(hasUnknownField)) {
        return [against(rule, "deny", "The framing has a merge field that is not offered.")];
      }
      return own.flatMap((framing) => findingsOf(trace(framing, subject), quoted));
    },
  };
}

function findingsOf(
  { supported, figures, names, doubtful, boasts }: Traced,
  quoted: (text: string) => string,
): Finding[] {
  const findings: Finding[] = [];
  if (figures.length > 0) {
    findings.push(
      against(rule, "deny", "The framing has a figure that the asset does not have.", { figures, supported }),
    );
  }
  const withoutPeople = (some: Traced["names"]) => some.map((one) => ({ ...one, text: quoted(one.text) }));
  if (names.length > 0) {
    const evidence = { names: withoutPeople(names), supported };
    findings.push(against(rule, "deny", "The framing has a name that neither the asset nor the brand has.", evidence));
  }
  const isDenied = findings.length > 0;
  if (boasts.length > 0) {
    findings.push(
      against(rule, "review", "The framing has a superlative or an absolute that the asset does not have.", { boasts }),
    );
  }
  if (!isDenied) {
    const evidence = { supported, ...(doubtful.length > 0 ? { doubtful: withoutPeople(doubtful) } : {}) };
    findings.push(against(rule, "review", "The framing is not the playbook's own, and nobody has read it.", evidence));
  }
  return findings;
}

/** E-mail alone has one, whatever a playbook says elsewhere. */
function definitionSubject({ channel, subject }: TouchpointDefinition): string | undefined {
  return channel === "email" ? subject : undefined;
}

const mergeField = /\{\{(?!\s*(?:company|industry|product)\s*\}\})/;

function hasUnknownField(framing: string): boolean {
  return mergeField.test(framing);
}
