import { type Compilable, type CompiledQuery, type RawBuilder, sql } from "kysely";
import type { Queries } from "./store.ts";

/** Names the parameters of a prepared query, each an expression of its type. */
export type Param<P> = <K extends keyof P>(name: K) => RawBuilder<P[K]>;

/**
 * A query that is built and compiled once, at its first use; from then on a call only fills in its parameters. For hot
 * paths: building a query with a join takes longer than SQLite takes to answer it. Belongs to one database.
 */
export function makePreparedQuery<P extends object, Row>(
  build: (db: Queries, param: Param<P>) => Compilable<Row>,
): (db: Queries, values: P) => Promise<Row[]> {
  let prepared: Prepared<P, Row> | null = null;
  return async (db, values) => {
    prepared ??= prepare(db, build);
    const parameters = prepared.slots.map((slot) => (slot.kind === "named" ? values[slot.name] : slot.value));
    const query: CompiledQuery<Row> = { ...prepared.query, parameters };
    return (await db.executeQuery(query)).rows;
  };
}

interface Prepared<P, Row> {
  readonly query: CompiledQuery<Row>;
  readonly slots: readonly (
    | { readonly kind: "named"; readonly name: keyof P }
    | { readonly kind: "constant"; readonly value: unknown }
  )[];
}

function prepare<P extends object, Row>(
  db: Queries,
  build: (db: Queries, param: Param<P>) => Compilable<Row>,
): Prepared<P, Row> {
  const names = new Map<unknown, keyof P>();
  const query = build(db, (name) => {
    const marker = Object.freeze({});
    names.set(marker, name);
    return sql`${marker}`;
  }).compile();
  const slots = query.parameters.map((value) => {
    const name = names.get(value);
    return name === undefined ? ({ kind: "constant", value } as const) : ({ kind: "named", name } as const);
  });
  return { query, slots };
}
