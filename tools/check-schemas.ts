import { committedSchemas, schemaChanges } from "./committed-schemas.ts";

const changes = schemaChanges(committedSchemas());
for (const { name, kind, words } of changes) console.error(`${kind}: ${name}: ${words}`);
if (changes.some(({ kind }) => kind === "breaking")) {
  console.error("Callers rely on the committed schema. Keep the change compatible, or publish it as a new version.");
} else if (changes.length > 0) {
  console.error("Run `npm run schemas:write` and commit schemas/: they are what the next change is compared with.");
}
if (changes.length > 0) process.exitCode = 1;
else console.log("The committed schemas are those of the code.");
