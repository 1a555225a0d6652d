import { z } from "zod";
import type { ProofHit, ProofHits, ProofQuery } from "../catalogue/search/search.ts";
import { AppError } from "../domain/errors.ts";
import { assetId as assetIdSchema } from "../domain/ids.ts";
import { touchpoint } from "../domain/plan.ts";
import { searchProofAnswer } from "../domain/tool-answers.ts";
import { assetKind, term } from "../domain/vocabulary.ts";
import { eventText } from "./event-text.ts";
import type { Tool, ToolContext, ToolDeps } from "./tool.ts";

const input = z.strictObject({
  touchpoint,
  kinds: z.array(assetKind).max(7).default([]),
  themes: z.array(term).max(50).default([]),
  objections: z.array(term).max(50).default([]),
  /** Whether the words of the event itself weigh in; the caller never sees them. */
  useEventText: z.boolean().default(true),
  limit: z.int().min(1).max(20).default(8),
});

export function searchProof(deps: ToolDeps): Tool<typeof input, typeof searchProofAnswer> {
  return {
    name: "search-proof",
    description:
      "Finds the proof that fits the lead at one of the playbook's touchpoints. Returns handles (asset id and version) with scores; only these handles may be proposed.",
    input,
    output: searchProofAnswer,
    scope: "read",
    async run(query, context) {
      const definition = context.frame.playbook.touchpoints.find(
        (at) => at.channel === query.touchpoint.channel && at.place === query.touchpoint.place,
      );
      if (!definition) {
        throw new AppError("invalid", "The playbook has no such touchpoint.", {
          fields: [{ pointer: "/touchpoint", message: "one of the playbook's touchpoints" }],
        });
      }
      const instead = await deps.searchInstead?.(query, context);
      if (instead) return instead;
      const text = query.useEventText ? await eventText(deps, context.eventId) : "";
      const found = inTheLeadsLanguage(deps, context, (languages) => ({
        ...leadPart(deps, context),
        ...query,
        channel: query.touchpoint.channel,
        elements: definition.elements,
        languages,
        text,
      }));
      const answer = {
        touchpoint: query.touchpoint,
        hits: await describe(deps, found.hits),
        ruledOut: (await describe(deps, found.ruledOut)).map((near, at) => ({
          ...near,
          rejectedBy: [...(found.ruledOut[at]?.rejectedBy ?? [])],
        })),
      };
      context.searched?.(query, answer);
      return answer;
    },
  };
}

/**
 * The lead's own language first; the deployment's own when nothing is found in it. What is over its age does not keep
 * fresh proof in the other language away, and comes after it.
 */
function inTheLeadsLanguage(
  deps: ToolDeps,
  context: ToolContext,
  toQuery: (languages: readonly string[]) => ProofQuery,
): ProofHits {
  const fallback = deps.deployment.profile.defaultLanguage;
  const own = context.lead.lead?.language ?? fallback;
  const found = deps.search.search(toQuery([own]));
  if (own === fallback || found.hits.some(isFresh)) return found;
  const others = deps.search.search(toQuery([fallback]));
  if (found.hits.length === 0) return others;
  const ranked = [...others.hits.filter(isFresh), ...found.hits, ...others.hits.filter((hit) => !isFresh(hit))];
  return { hits: ranked.slice(0, toQuery([own]).limit), ruledOut: found.ruledOut };
}

function isFresh(hit: ProofHit): boolean {
  return hit.asks === undefined;
}

function leadPart(deps: ToolDeps, { frame, lead }: ToolContext) {
  const facts = lead.lead;
  const freshAfter = Object.entries(deps.deployment.profile.freshnessDays).map(
    ([kind, days]) => [kind, frame.now - days * 86_400_000] as const,
  );
  return {
    now: frame.now,
    territory: facts?.country ?? "",
    purpose: frame.playbook.purpose,
    company: facts?.company?.name.trim().toLowerCase() ?? null,
    excludeAssets: new Set(lead.exposures.map((shown) => shown.assetId)),
    freshAfter: Object.fromEntries(freshAfter),
    products: facts?.productInterest ?? [],
    persona: facts?.persona ?? null,
    industry: facts?.company?.industry ?? null,
    companySize: facts?.company?.size ?? null,
    stage: facts?.stage ?? null,
  };
}

async function describe(deps: ToolDeps, hits: ProofHits["hits"]) {
  const described = [];
  for (const { assetId: id, version, score, parts, asks } of hits) {
    const assetId = assetIdSchema.parse(id);
    const found = await deps.catalogue.version(deps.store.read, assetId, version);
    if (!found) continue;
    described.push({
      assetId,
      assetVersion: version,
      kind: found.content.kind,
      title: found.content.title,
      score,
      parts: { ...parts },
      ...(asks && { asks: [...asks] }),
    });
  }
  return described;
}
