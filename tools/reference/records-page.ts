import { eventTypes } from "../../src/domain/event.ts";
import { publishedSchemas, schemaUse } from "../../src/domain/json-schemas.ts";
import { fieldRows, readSchema } from "./json-schema.ts";
import { page, table } from "./markdown.ts";

/** The published JSON Schemas as tables. */
export function recordsPage(): string {
  const events: ReadonlySet<string> = new Set(eventTypes);
  const all = Object.entries(publishedSchemas());
  const described = (isEvent: boolean) =>
    all.filter(([name]) => events.has(name) === isEvent).map(([name, schema]) => section(name, schema));
  return page("Records", [
    "Camel case in JSON; times in RFC 3339; countries ISO 3166-1 alpha-2; languages BCP 47; money in minor units with ISO 4217. Records that are sent in refuse unknown fields; who reads ours ignores fields not known. The schemas are served under `/schemas/<name>.json` and kept in [schemas/](../../schemas).",
    "## What is sent and answered",
    ...described(false),
    "## Event data, by type",
    "The `data` of a CloudEvent of that type.",
    ...described(true),
  ]);
}

function section(name: string, schema: object): string {
  const use = schemaUse(name) === "write" ? "sent in" : "answered";
  const rows = fieldRows(readSchema(schema));
  const fields = rows.length === 0 ? "No fields." : table(["field", "type", "required", "default"], rows);
  return `### ${name}\n\n[schema](../../schemas/${name}.json), ${use}.\n\n${fields}`;
}
