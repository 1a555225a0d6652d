import type { DeployerProfile, Taxonomy } from "../domain/deployer-profile.ts";
import { timezone } from "../domain/lead.ts";
import { touchpointKey } from "../domain/plan.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { TermIndex } from "./deployment.ts";
import type { YamlRecord } from "./yaml-file.ts";

/** What a schema can't see: words said twice, words that don't exist, links that no rule would let pass. */
export function checkTaxonomy(record: YamlRecord<Taxonomy>): readonly string[] {
  const vocabularies: readonly (keyof Taxonomy)[] = [
    "personas",
    "industries",
    "products",
    "themes",
    "objections",
    "purposes",
  ];
  return vocabularies.flatMap((vocabulary) => {
    const seen = new Set<string>();
    return record.value[vocabulary].flatMap(({ term }, index) => {
      const isDouble = seen.has(term);
      seen.add(term);
      return isDouble ? [record.complain([vocabulary, index, "term"], `"${term}" is there twice`)] : [];
    });
  });
}

export function checkProfile(record: YamlRecord<DeployerProfile>, terms: TermIndex): readonly string[] {
  const { sector, defaultTimezone } = record.value;
  const unknownSector = terms.problem("industries", sector);
  const zone = timezone.safeParse(defaultTimezone);
  return [
    ...(unknownSector ? [record.complain(["sector"], unknownSector)] : []),
    ...(zone.success ? [] : [record.complain(["defaultTimezone"], "an IANA time zone, such as Europe/Berlin")]),
  ];
}

export function checkPlaybook(
  record: YamlRecord<Playbook>,
  terms: TermIndex,
  profile: DeployerProfile,
): readonly string[] {
  const { when, prefer, purpose } = record.value;
  const unknown = (vocabulary: keyof Taxonomy, term: string, path: readonly PropertyKey[]) => {
    const problem = terms.problem(vocabulary, term);
    return problem ? [record.complain(path, problem)] : [];
  };
  return [
    ...when.personas.flatMap((term, i) => unknown("personas", term, ["when", "personas", i])),
    ...prefer.themes.flatMap((term, i) => unknown("themes", term, ["prefer", "themes", i])),
    ...unknown("purposes", purpose, ["purpose"]),
    ...(when.pathContains.length > 0 && !when.eventTypes.includes("lead.page-viewed.v1")
      ? [record.complain(["when", "pathContains"], "only page views have a path; eventTypes lacks lead.page-viewed.v1")]
      : []),
    ...checkTouchpoints(record, profile),
  ];
}

const MERGE_FIELDS: ReadonlySet<string> = new Set(["company", "industry", "product"]);

function checkTouchpoints(record: YamlRecord<Playbook>, profile: DeployerProfile): readonly string[] {
  const seen = new Set<string>();
  return record.value.touchpoints.flatMap((touchpoint, index) => {
    const problems: string[] = [];
    const key = touchpointKey(touchpoint);
    if (seen.has(key)) {
      problems.push(record.complain(["touchpoints", index, "place"], `the touchpoint ${key} is there twice`));
    }
    seen.add(key);
    for (const part of ["framing", "subject"] as const) {
      for (const [, field = ""] of (touchpoint[part] ?? "").matchAll(/\{\{(.*?)\}\}/g)) {
        if (MERGE_FIELDS.has(field)) continue;
        const known = [...MERGE_FIELDS].join(", ");
        problems.push(
          record.complain(["touchpoints", index, part], `"${field}" is not a merge field; there are ${known}`),
        );
      }
    }
    if (touchpoint.channel === "email" && touchpoint.subject === undefined) {
      problems.push(record.complain(["touchpoints", index, "subject"], "an e-mail needs a subject"));
    }
    if (touchpoint.link && !profile.linkHosts.includes(new URL(touchpoint.link.url).hostname)) {
      problems.push(
        record.complain(["touchpoints", index, "link", "url"], "the host is not among linkHosts in deployer.yaml"),
      );
    }
    return problems;
  });
}
