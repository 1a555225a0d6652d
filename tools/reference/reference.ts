import { commandsPage } from "./commands-page.ts";
import { httpPage } from "./http-page.ts";
import { recordsPage } from "./records-page.ts";
import { rulesPage } from "./rules-page.ts";
import { settingsPage } from "./settings-page.ts";

/** The reference, made from what the code itself says: file name in `docs/reference/` → its Markdown. */
export async function referencePages(): Promise<Readonly<Record<string, string>>> {
  return {
    "commands.md": await commandsPage(),
    "http.md": await httpPage(),
    "records.md": recordsPage(),
    "rules.md": rulesPage(),
    "settings.md": settingsPage(),
  };
}

export const referenceFolder = new URL("../../docs/reference/", import.meta.url);
