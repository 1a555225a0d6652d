import { readFileSync } from "node:fs";
import { code, page, table } from "./markdown.ts";

/** From `.env.example`, which a test holds to the settings that are read. */
export function settingsPage(): string {
  const text = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
  const rows = [...text.matchAll(/^# ([A-Z_]+)=(\S*)\s+# (.+)$/gm)].map(([, name = "", value = "", words = ""]) => [
    code(name),
    value === "" ? "" : code(value),
    words,
  ]);
  return page("Settings", [
    "By environment variables. With none of them set the service runs at once: SQLite in `./var`, no model, the sample data. A value that is not usable ends the start with words that name the variable.",
    table(["variable", "default", "what it says"], rows),
  ]);
}
