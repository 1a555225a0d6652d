import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { type AddCommand, type CliIo, type JsonOption, print, type RunAction } from "./command.ts";
import { withApi } from "./with-api.ts";
import { columns, directNote, plain } from "./words.ts";

export const addPolicyOverrides: AddCommand = (policies, io, run) => {
  addList(policies, io, run);
  addSet(policies, io, run);
  addEnd(policies, io, run);
};

function addList(policies: Command, io: CliIo, run: RunAction): void {
  policies
    .command("overrides")
    .description("What a person is asked that a built-in rule would deny: where, until when, by whom and why.")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe policies overrides`)
    .action(({ json }: JsonOption) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const { body } = await api.send({ method: "GET", path: "/v1/policies/overrides" });
          const { items } = z.object({ items: z.array(shown) }).parse(body);
          const rows = items.map((one) => [
            one.overrideId,
            one.rule,
            placeOf(one),
            `until ${one.until}`,
            one.by,
            plain(one.reason),
          ]);
          print(io, json, body, rows.length === 0 ? ["None."] : columns(rows));
          return 0;
        }),
      ),
    );
}

interface SetOptions extends JsonOption {
  readonly until: string;
  readonly reason: string;
  readonly channel?: string;
  readonly playbook?: string;
  readonly asset?: string;
}

function addSet(policies: Command, io: CliIo, run: RunAction): void {
  policies
    .command("override")
    .description("Let a person be asked what a built-in rule denies, until a day. An administrator's to do, by name.")
    .argument("<rule>", "such as asset.source-terms")
    .addOption(new Option("--channel <name>", "only on this channel").conflicts(["playbook", "asset"]))
    .addOption(new Option("--playbook <id>", "only by this playbook").conflicts(["channel", "asset"]))
    .addOption(new Option("--asset <id>", "only of this asset").conflicts(["channel", "playbook"]))
    .requiredOption("--until <day>", "the day on which it ends, or a time (RFC 3339); within 90 days", instantOf)
    .requiredOption("--reason <why>", "why, for whoever looks into it; it must not name anybody")
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      `
Rules that keep what is not the deployment's to give away (a lead's objection, an endorser's terms) can't be overridden.
It needs a running server and your own key, so that it is known whose it is.

Example:
  $ vouchsafe policies override asset.source-terms --asset kontor-nord-review --until 2027-01-31 --reason "Licensed in writing"`,
    )
    .action((rule: string, options: SetOptions) =>
      run(options.json === true, () =>
        withApi(io, async (api) => {
          const { until, reason } = options;
          const body = { rule, ...scopeOf(options), until, reason };
          const answer = await api.send({ method: "POST", path: "/v1/policies/overrides", body });
          const made = shown.parse(answer.body);
          const words = `${made.overrideId}: ${made.rule} asks a person (${placeOf(made)}) until ${made.until}.`;
          print(io, options.json, answer.body, [words]);
          return 0;
        }),
      ),
    );
}

function addEnd(policies: Command, io: CliIo, run: RunAction): void {
  policies
    .command("end-override")
    .description("Take an override back: the rule denies again.")
    .argument("<id>", "as `policies overrides` names it")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe policies end-override ovr_…`)
    .action((id: string, { json }: JsonOption) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const path = `/v1/policies/overrides/${encodeURIComponent(id)}`;
          const { body } = await api.send({ method: "DELETE", path });
          print(io, json, body, [`${id} has ended: the rule denies again.`]);
          return 0;
        }),
      ),
    );
}

const shown = z.looseObject({
  overrideId: z.string(),
  rule: z.string(),
  scope: z.string(),
  target: z.string(),
  until: z.string(),
  by: z.string(),
  reason: z.string(),
});

function placeOf({ scope, target }: z.infer<typeof shown>): string {
  return scope === "global" ? "everywhere" : `${scope} ${target}`;
}

function scopeOf({ channel, playbook, asset }: SetOptions): { scope: string; target: string } {
  if (channel !== undefined) return { scope: "channel", target: channel };
  if (playbook !== undefined) return { scope: "playbook", target: playbook };
  return asset === undefined ? { scope: "global", target: "*" } : { scope: "asset", target: asset };
}

function instantOf(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
  if (Number.isNaN(Date.parse(time))) throw new InvalidArgumentError("a day, such as 2027-01-31, or a time.");
  return time;
}
