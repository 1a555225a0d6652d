import { InvalidArgumentError } from "commander";
import { z } from "zod";
import { type AddCommand, type JsonOption, print } from "./command.ts";
import { withApi } from "./with-api.ts";
import { columns, directNote } from "./words.ts";

export const addPolicyOverrides: AddCommand = (policies, io, run) => {
  policies
    .command("overrides")
    .description("What a person is asked that a built-in rule would deny, by whom, until when and why.")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe policies overrides`)
    .action(({ json }: JsonOption) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const { body } = await api.send({ method: "GET", path: "/v1/policies/overrides" });
          const { items } = z.object({ items: z.array(shown) }).parse(body);
          const rows = items.map(({ rule, until, by, reason }) => [rule, `until ${until}`, by, reason]);
          print(io, json, body, rows.length === 0 ? ["None."] : columns(rows));
          return 0;
        }),
      ),
    );

  policies
    .command("override")
    .description(
      "Let a person be asked what a built-in rule denies, until a day. An administrator's to do, and audited.",
    )
    .argument("<rule>", "such as contact.repeat")
    .requiredOption("--until <day>", "the day on which it ends, or a time (RFC 3339); a year at most", instantOf)
    .requiredOption("--reason <why>", "why, for whoever looks into it; it must not name anybody")
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      `
Rules that keep what is not the deployment's to give away (a lead's objection, an endorser's terms) can't be overridden.
What it softens names the override and who set it. ${directNote}

Example:
  $ vouchsafe policies override contact.repeat --until 2027-03-31 --reason "Agreed for the relaunch"`,
    )
    .action((rule: string, options: JsonOption & { readonly until: string; readonly reason: string }) =>
      run(options.json === true, () =>
        withApi(io, async (api) => {
          const path = `/v1/policies/overrides/${encodeURIComponent(rule)}`;
          const { until, reason } = options;
          const { body } = await api.send({ method: "PUT", path, body: { until, reason } });
          const made = shown.parse(body);
          print(io, options.json, body, [`${made.overrideId}: ${made.rule} asks a person until ${made.until}.`]);
          return 0;
        }),
      ),
    );

  policies
    .command("end-override")
    .description("Take an override back: the rule denies again.")
    .argument("<rule>", "as `policies overrides` names it")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe policies end-override contact.repeat`)
    .action((rule: string, { json }: JsonOption) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const path = `/v1/policies/overrides/${encodeURIComponent(rule)}`;
          const { body } = await api.send({ method: "DELETE", path });
          print(io, json, body, [`${rule} denies again.`]);
          return 0;
        }),
      ),
    );
};

const shown = z.looseObject({
  overrideId: z.string(),
  rule: z.string(),
  until: z.string(),
  by: z.string(),
  reason: z.string(),
});

function instantOf(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
  if (Number.isNaN(Date.parse(time))) throw new InvalidArgumentError("a day, such as 2027-03-31, or a time.");
  return time;
}
