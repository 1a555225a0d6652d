import type { Compilable, CompiledQuery } from "kysely";
import type { Queries } from "../store/store.ts";

/**
 * A query whose SQL is made once: building and compiling it costs more than SQLite takes to answer it. `build` gets
 * placeholders in the order of the parameters and must use each exactly once, in that order.
 */
export function makePreparedQuery<P extends readonly (string | number)[], Row>(
  build: (db: Queries, ...parameters: P) => Compilable<Row>,
): (db: Queries, ...parameters: P) => Promise<Row[]> {
  let compiled: CompiledQuery<Row> | null = null;
  return async (db, ...parameters) => {
    compiled ??= build(db, ...parameters).compile();
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters });
    return rows;
  };
}
