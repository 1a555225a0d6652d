import { z } from "zod";
import { type AddCommand, type JsonOption, print } from "./command.ts";
import { withApi } from "./with-api.ts";
import { columns, directNote } from "./words.ts";

export const addPoliciesList: AddCommand = (policies, io, run) => {
  policies
    .command("list")
    .description("The rules in force now: what follows, since when and until when, whence, and whose they are.")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe policies list`)
    .action(({ json }: JsonOption) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const { body } = await api.send({ method: "GET", path: "/v1/policies" });
          const { rulesetVersion, items } = listed.parse(body);
          const rows = items.map((one) => [
            one.rule,
            one.effects.join("/") || "by what it finds",
            one.override ?? "",
            `${day(one.effectiveFrom)}${one.effectiveTo === null ? "" : ` to ${day(one.effectiveTo)}`}`,
            one.pack,
            one.source,
          ]);
          const head = ["rule", "else", "override", "in force", "pack", "source"];
          print(io, json, body, [...columns([head, ...rows]), `${items.length} rules: ruleset ${rulesetVersion}.`]);
          return 0;
        }),
      ),
    );
};

function day(instant: string): string {
  return instant.slice(0, 10);
}

const listed = z.object({
  rulesetVersion: z.string(),
  items: z.array(
    z.looseObject({
      rule: z.string(),
      effects: z.array(z.string()),
      override: z.string().nullable(),
      effectiveFrom: z.string(),
      effectiveTo: z.string().nullable(),
      pack: z.string(),
      source: z.string(),
    }),
  ),
});
