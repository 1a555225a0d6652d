import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { publishedSchemas } from "../src/domain/json-schemas.ts";
import { committedSchemas, schemaChanges, schemasFolder } from "./committed-schemas.ts";

// Refuses to write down a change that breaks callers: that would silence the check instead of answering it.
const breaking = schemaChanges(committedSchemas()).filter(({ kind }) => kind === "breaking");
for (const { name, words } of breaking) console.error(`breaking: ${name}: ${words}`);
if (breaking.length > 0 && !process.argv.includes("--accept-breaking")) {
  console.error(
    "Nothing was written. Before a first release, `npm run schemas:write -- --accept-breaking` writes it all the same.",
  );
  process.exitCode = 1;
} else {
  rmSync(schemasFolder, { recursive: true, force: true });
  mkdirSync(schemasFolder, { recursive: true });
  for (const [name, schema] of Object.entries(publishedSchemas()))
    writeFileSync(`${schemasFolder}/${name}.json`, `${JSON.stringify(schema, null, 2)}\n`);
  console.log(`Wrote ${Object.keys(publishedSchemas()).length} schemas.`);
}
