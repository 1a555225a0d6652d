import type { TermIndex } from "../../deployment/deployment.ts";
import type { Queries, Store } from "../../store/store.ts";
import { loadAssets, loadPage } from "./load-documents.ts";
import { makeProofIndex, type ProofIndex } from "./proof-index.ts";
import type { ProofSearch } from "./search.ts";

const PAGE = 1000;
/** Under the number of variables that any SQLite takes in one statement. */
const CHANGES_PER_QUERY = 500;
const MAX_WASTED = 2000;

/** Builds the index from what is committed, and follows the change feed from there. */
export async function makeProofSearch(deps: {
  readonly store: Pick<Store, "read">;
  readonly terms: TermIndex;
  /** The index is made anew once more slots than this are wasted, and more than are used. */
  readonly maxWasted?: number;
}): Promise<ProofSearch> {
  const { read } = deps.store;
  const maxWasted = deps.maxWasted ?? MAX_WASTED;
  const label = labelsOf(deps.terms);
  let { index, upTo } = await build(read, label);

  async function catchUp(): Promise<void> {
    for (;;) {
      const changes = await read
        .selectFrom("catalogue_changes")
        .select(["change_id", "asset_id"])
        .where("change_id", ">", upTo)
        .orderBy("change_id")
        .limit(CHANGES_PER_QUERY)
        .execute();
      const last = changes.at(-1);
      if (last === undefined) return;
      const changed = new Set(changes.map((change) => change.asset_id));
      for (const document of await loadAssets(read, [...changed])) {
        index.put(document);
        changed.delete(document.assetId);
      }
      for (const gone of changed) index.remove(gone);
      upTo = last.change_id;
      if (index.wasted > Math.max(maxWasted, index.size)) ({ index, upTo } = await build(read, label));
    }
  }

  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  // A run that has begun may have read before the caller's commit: whoever comes then shares the one after it.
  function refresh(): Promise<void> {
    if (running === null) {
      running = catchUp().finally(() => {
        running = null;
      });
      return running;
    }
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        return refresh();
      });
    return next;
  }

  return {
    get size() {
      return index.size;
    },
    search: (query) => index.search(query),
    refresh,
  };
}

async function build(
  read: Queries,
  label: (term: string) => string,
): Promise<{ readonly index: ProofIndex; readonly upTo: number }> {
  // Read before the assets: a change in between is applied once more, not missed.
  const newest = await read
    .selectFrom("catalogue_changes")
    .select((on) => on.fn.max("change_id").as("change_id"))
    .executeTakeFirst();
  const index = makeProofIndex(label);
  let after = "";
  for (;;) {
    const page = await loadPage(read, after, PAGE);
    for (const document of page) index.put(document);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.assetId;
  }
  index.compact();
  return { index, upTo: newest?.change_id ?? 0 };
}

/** A theme or objection in words: its label, so that an asset tagged with it is found by it. */
function labelsOf({ terms }: TermIndex): (term: string) => string {
  const labels = new Map([...terms.themes, ...terms.objections].map(({ term, label }) => [term, label] as const));
  return (term) => labels.get(term) ?? term;
}
