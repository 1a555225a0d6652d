import { z } from "zod";
import { AppError } from "../../domain/errors.ts";
import { assetId } from "../../domain/ids.ts";
import {
  assetKind,
  type ChannelName,
  channelName,
  companySize,
  country,
  element,
  language,
  stage,
  term,
} from "../../domain/vocabulary.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";

const hit = z.strictObject({
  assetId,
  version: z.int().positive(),
  score: z.number(),
  parts: z.record(z.string(), z.number()).describe("Each 0 to 1: text, segment, theme, kind, product, recency"),
  title: z.string().nullable(),
  asks: z.array(z.string()).optional().describe("Rules that would put it before a person: over its age"),
});
const found = z.strictObject({
  items: z.array(hit),
  nextCursor: z.null(),
  ruledOut: z.array(hit.extend({ rejectedBy: z.array(z.string()) })),
});
const cell = z.strictObject({
  stage,
  term: z.string(),
  gaps: z.array(channelName),
  channels: z.partialRecord(channelName, z.strictObject({ made: z.int(), usable: z.int() })),
});
const dayMs = 86_400_000;

/** Looking for proof, and for where there is none. */
export function addAssetFindingRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/assets/search",
    tag: "assets",
    summary: "The proof that fits best, as a decision would find it",
    description:
      "Only what may be shown now on the channel, in the country, for the purpose, and in the language is found; the rest " +
      "weighs in. `ruledOut` are the best of what a rule keeps back, with the rules in its way.",
    needs: "assets:read",
    query: z.strictObject({
      q: z.string().trim().min(1).max(500).optional(),
      channel: channelName.default("web"),
      country,
      language,
      purpose: term.default("nurture"),
      stage: stage.optional(),
      persona: term.optional(),
      industry: term.optional(),
      company: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .optional()
        .describe("The lead's; without it, proof that may not be shown to some company is kept back"),
      companySize: companySize.optional(),
      product: term.optional(),
      kind: assetKind.optional(),
      theme: term.optional(),
      objection: term.optional(),
      limit: z
        .string()
        .regex(/^([1-9]|1[0-9]|20)$/, "a whole number from 1 to 20")
        .transform(Number)
        .default(10),
    }),
    answers: {
      200: {
        description: "Best first",
        schema: found,
        example: {
          items: [
            {
              assetId: "acme-onboarding-2026",
              version: 3,
              score: 0.71,
              parts: { text: 0.4, segment: 1, theme: 1, kind: 1, product: 0.5, recency: 0.9 },
              title: "Live in nine days",
            },
          ],
          nextCursor: null,
          ruledOut: [],
        },
      },
    },
    async handle({ query }) {
      verifyTerms(query, deps);
      await deps.search.refresh();
      const one = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);
      const hits = deps.search.search({
        now: deps.runtime.clock.now(),
        limit: query.limit,
        channel: query.channel,
        territory: query.country,
        purpose: query.purpose,
        languages: [query.language],
        elements: element.options,
        company: query.company?.toLowerCase() ?? null,
        excludeAssets: new Set(),
        freshAfter: freshAfter(deps),
        text: query.q ?? "",
        kinds: one(query.kind),
        themes: one(query.theme),
        objections: one(query.objection),
        products: one(query.product),
        persona: query.persona ?? null,
        industry: query.industry ?? null,
        companySize: query.companySize ?? null,
        stage: query.stage ?? null,
      });
      const items = await Promise.all(hits.hits.map((one) => titled(one, deps)));
      const ruledOut = await Promise.all(hits.ruledOut.map((one) => titled(one, deps)));
      return { status: 200, body: { items, nextCursor: null, ruledOut } };
    },
  });

  add({
    method: "get",
    path: "/v1/assets/coverage",
    tag: "assets",
    summary: "How much proof there is for each stage and persona or theme, gaps first",
    description:
      "Counts what could be shown to somebody now, per channel: active, fresh, under a grant that is valid and reaches the " +
      "channel. `made`: named for this stage and term; `usable`: those and what names no stage, or no persona.",
    needs: "assets:read",
    query: z.strictObject({ by: z.enum(["persona", "theme"]).default("persona"), channel: channelName.optional() }),
    answers: {
      200: {
        description: "Those with the most gaps first",
        schema: z.strictObject({ by: z.enum(["persona", "theme"]), items: z.array(cell), nextCursor: z.null() }),
        example: {
          by: "persona",
          items: [
            {
              stage: "renewal",
              term: "revops",
              gaps: ["email"],
              channels: { web: { made: 0, usable: 2 }, email: { made: 0, usable: 0 } },
            },
          ],
          nextCursor: null,
        },
      },
    },
    async handle({ query: { by, channel } }) {
      const { taxonomy } = deps.deployment;
      const channels: readonly ChannelName[] = channel === undefined ? channelName.options : [channel];
      const terms = taxonomy.terms[by === "theme" ? "themes" : "personas"].map((known) => known.term);
      const now = deps.runtime.clock.now();
      const query = { now, by, terms, channels, freshAfter: freshAfter(deps) };
      return {
        status: 200,
        body: { by, items: await deps.catalogue.coverage(deps.store.read, query), nextCursor: null },
      };
    },
  });
}

const vocabularies = {
  purpose: "purposes",
  persona: "personas",
  industry: "industries",
  product: "products",
  theme: "themes",
  objection: "objections",
} as const;

/** Throws `malformed`, naming the nearest terms, for one that the deployment's taxonomy does not have. */
function verifyTerms(
  query: { readonly [K in keyof typeof vocabularies]?: string | undefined },
  { deployment }: HttpDeps,
): void {
  const fields = (["purpose", "persona", "industry", "product", "theme", "objection"] as const).flatMap((name) => {
    const used = query[name];
    const message = used === undefined ? null : deployment.taxonomy.problem(vocabularies[name], used);
    return message === null ? [] : [{ pointer: `/${name}`, message }];
  });
  if (fields.length > 0) throw new AppError("malformed", "A term of the query is not in the taxonomy.", { fields });
}

/** The age limits that the deployment sets itself. */
function freshAfter({ deployment, runtime }: HttpDeps) {
  const limits = Object.entries(deployment.profile.freshnessDays);
  return Object.fromEntries(limits.map(([kind, days]) => [kind, runtime.clock.now() - days * dayMs]));
}

async function titled<T extends { readonly assetId: string; readonly version: number }>(one: T, deps: HttpDeps) {
  const version = await deps.catalogue.version(deps.store.read, assetId.parse(one.assetId), one.version);
  return { ...one, title: version?.content.title ?? null };
}
