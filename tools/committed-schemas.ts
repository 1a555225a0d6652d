import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { publishedSchemas, type SchemaUse, schemaUse } from "../src/domain/json-schemas.ts";
import { breakages, type JsonSchema } from "./schema-compat.ts";

export const schemasFolder = fileURLToPath(new URL("../schemas/", import.meta.url));

/** The schemas as they are committed, by name. */
export function committedSchemas(folder = schemasFolder): Readonly<Record<string, JsonSchema>> {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return Object.fromEntries(
    files.map((file) => [file.slice(0, -".json".length), JSON.parse(readFileSync(`${folder}/${file}`, "utf8"))]),
  );
}

export interface SchemaChange {
  readonly name: string;
  /** `breaking`: somebody out there would fail; the others are fine once they are written down. */
  readonly kind: "breaking" | "new" | "changed";
  readonly words: string;
}

/** How the schemas in the code differ from the committed ones. */
export function schemaChanges(
  committed: Readonly<Record<string, JsonSchema>>,
  current: Readonly<Record<string, object>> = publishedSchemas(),
  useOf: (name: string) => SchemaUse | null = schemaUse,
): readonly SchemaChange[] {
  const removed = Object.keys(committed).filter((name) => !(name in current));
  const changes: SchemaChange[] = removed.map((name) => ({
    name,
    kind: "breaking",
    words: "it is not published any more",
  }));
  for (const [name, schema] of Object.entries(current)) {
    const before = committed[name];
    if (!before) changes.push({ name, kind: "new", words: "it is not committed yet" });
    else if (!isDeepStrictEqual(before, plain(schema))) {
      const broken = breakages(useOf(name) ?? "write", before, plain(schema));
      for (const words of broken) changes.push({ name, kind: "breaking", words });
      if (broken.length === 0)
        changes.push({ name, kind: "changed", words: "it differs from the committed one, compatibly" });
    }
  }
  return changes;
}

function plain(schema: object): JsonSchema {
  return JSON.parse(JSON.stringify(schema));
}
