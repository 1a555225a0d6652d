import { allowedChannels, allowedTerritories, isGrantValid } from "../domain/covering-grant.ts";
import { type ChannelName, type Stage, stage } from "../domain/vocabulary.ts";
import type { Queries } from "../store/store.ts";
import type { CoverageCell, CoverageQuery } from "./catalogue.ts";
import type { ProofDocument } from "./search/document.ts";
import { loadPage } from "./search/load-documents.ts";
import { CANNOT_BE_SHOWN, needsOf } from "./search/rights-table.ts";

/** Walks through the whole catalogue, a page at a time. */
export async function coverage(db: Queries, query: CoverageQuery): Promise<readonly CoverageCell[]> {
  const cells = query.terms.flatMap((term) => stage.options.map((at) => emptyCell(at, term, query.channels)));
  for (let after = ""; ; ) {
    const page = await loadPage(db, after, PAGE);
    for (const document of page) count(document, cells, query);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.assetId;
  }
  return cells.map(toCell).sort(leastFirst);
}

const PAGE = 500;

interface Count {
  readonly channel: ChannelName;
  made: number;
  usable: number;
}

interface Cell {
  readonly stage: Stage;
  readonly term: string;
  readonly counts: readonly Count[];
}

function emptyCell(at: Stage, term: string, channels: readonly ChannelName[]): Cell {
  return { stage: at, term, counts: channels.map((channel) => ({ channel, made: 0, usable: 0 })) };
}

function count(document: ProofDocument, cells: readonly Cell[], query: CoverageQuery): void {
  const channels = channelsNow(document, query);
  if (channels.size === 0) return;
  const { audienceSegment, themes } = document.content;
  const { stages, personas } = audienceSegment;
  for (const cell of cells) {
    const named = query.by === "theme" ? themes : personas;
    const isOfTerm = named.includes(cell.term);
    const isOfStage = stages.includes(cell.stage);
    const fits = isOfTerm || (query.by === "persona" && personas.length === 0);
    if (!fits || !(isOfStage || stages.length === 0)) continue;
    for (const counted of cell.counts) {
      if (!channels.has(counted.channel)) continue;
      counted.usable += 1;
      if (isOfTerm && isOfStage) counted.made += 1;
    }
  }
}

/** Where the asset could be shown now to somebody, under one of its grants. */
function channelsNow(document: ProofDocument, { now, freshAfter }: CoverageQuery): ReadonlySet<ChannelName> {
  const { content, grants, isActive } = document;
  const limit = freshAfter[content.kind];
  if (!isActive || (limit !== undefined && Date.parse(content.freshnessTimestamp) < limit)) return new Set();
  const usable = grants.filter(
    (grant) =>
      isGrantValid(grant, now) &&
      allowedTerritories(grant, content).length > 0 &&
      needsOf(grant, document) !== CANNOT_BE_SHOWN,
  );
  return new Set(usable.flatMap((grant) => allowedChannels(grant, content)));
}

function toCell({ stage: at, term, counts }: Cell): CoverageCell {
  return {
    stage: at,
    term,
    gaps: counts.filter(({ usable }) => usable === 0).map(({ channel }) => channel),
    channels: Object.fromEntries(counts.map(({ channel, made, usable }) => [channel, { made, usable }])),
  };
}

function leastFirst(a: CoverageCell, b: CoverageCell): number {
  return (
    b.gaps.length - a.gaps.length ||
    total(a, "usable") - total(b, "usable") ||
    total(a, "made") - total(b, "made") ||
    stage.options.indexOf(a.stage) - stage.options.indexOf(b.stage) ||
    (a.term < b.term ? -1 : 1)
  );
}

function total({ channels }: CoverageCell, of: "made" | "usable"): number {
  return Object.values(channels).reduce((sum, found) => sum + found[of], 0);
}
