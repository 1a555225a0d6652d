import { type CreateTableBuilder, SqliteAdapter, sql } from "kysely";
import type { Trx } from "../store.ts";

/** `?` is nullable; everything else is NOT NULL. `identity` is a number that the database counts up, never reused. */
export type ColumnType = "text" | "text?" | "integer" | "integer?" | "bytes" | "bytes?" | "identity";

export interface TableRules {
  /** Left out where an `identity` column is the key. */
  readonly primaryKey?: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  /** The only values a text column takes. */
  readonly oneOf?: Readonly<Record<string, readonly string[]>>;
  /** Integer columns that are 0 or 1. */
  readonly flags?: readonly string[];
  readonly references?: Readonly<Record<string, `${string}.${string}`>>;
}

/** Creates a table in the types of the dialect that the transaction runs on. */
export async function createTable(
  trx: Trx,
  name: string,
  columns: Readonly<Record<string, ColumnType>>,
  rules: TableRules = {},
): Promise<void> {
  const isSqlite = trx.getExecutor().adapter instanceof SqliteAdapter;
  let table: CreateTableBuilder<string, string> = trx.schema.createTable(name);
  for (const [column, type] of Object.entries(columns)) table = addColumn(table, column, type, isSqlite);
  if (rules.primaryKey !== undefined) table = table.addPrimaryKeyConstraint(`${name}_pk`, [...rules.primaryKey]);
  for (const unique of rules.unique ?? []) {
    table = table.addUniqueConstraint(`${name}_${unique.join("_")}_unique`, [...unique]);
  }
  for (const [column, values] of Object.entries(rules.oneOf ?? {})) {
    const list = sql.join(values.map((value) => sql.lit(value)));
    table = table.addCheckConstraint(`${name}_${column}_check`, sql`${sql.ref(column)} in (${list})`);
  }
  for (const column of rules.flags ?? []) {
    table = table.addCheckConstraint(`${name}_${column}_check`, sql`${sql.ref(column)} in (0, 1)`);
  }
  for (const [column, target] of Object.entries(rules.references ?? {})) {
    const [targetTable = "", targetColumn = ""] = target.split(".");
    table = table.addForeignKeyConstraint(`${name}_${column}_fk`, [column], targetTable, [targetColumn]);
  }
  // STRICT: SQLite otherwise stores text in an integer column and says nothing.
  await (isSqlite ? table.modifyEnd(sql`strict`) : table).execute();
}

/** Adds columns to a table that is there already; an `integer` one is 0 in the rows that are. */
export async function addColumns(
  trx: Trx,
  table: string,
  columns: Readonly<Record<string, "text?" | "integer" | "integer?">>,
): Promise<void> {
  const isSqlite = trx.getExecutor().adapter instanceof SqliteAdapter;
  for (const [column, type] of Object.entries(columns)) {
    const sqlType = type === "text?" ? "text" : isSqlite ? "integer" : "bigint";
    await trx.schema
      .alterTable(table)
      .addColumn(column, sqlType, (added) => (type === "integer" ? added.notNull().defaultTo(0) : added))
      .execute();
  }
}

function addColumn(
  table: CreateTableBuilder<string, string>,
  name: string,
  type: ColumnType,
  isSqlite: boolean,
): CreateTableBuilder<string, string> {
  if (type === "identity") {
    return isSqlite
      ? table.addColumn(name, "integer", (column) => column.primaryKey().autoIncrement().notNull())
      : table.addColumn(name, "bigint", (column) => column.generatedAlwaysAsIdentity().primaryKey().notNull());
  }
  const sqlType = {
    text: "text",
    integer: isSqlite ? "integer" : "bigint",
    bytes: isSqlite ? "blob" : "bytea",
  } as const;
  switch (type) {
    case "text":
    case "integer":
    case "bytes":
      return table.addColumn(name, sqlType[type], (column) => column.notNull());
    case "text?":
      return table.addColumn(name, sqlType.text);
    case "integer?":
      return table.addColumn(name, sqlType.integer);
    case "bytes?":
      return table.addColumn(name, sqlType.bytes);
  }
}
