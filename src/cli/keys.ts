import { type Command, Option } from "commander";
import { z } from "zod";
import { type Role, roles } from "../http/http.ts";
import { type AddCommand, type CliIo, type JsonOption, print, type RunAction } from "./command.ts";
import { withApi } from "./with-api.ts";
import { columns, directNote } from "./words.ts";

export const addKeys: AddCommand = (program, io, run) => {
  const keys = program.command("keys").description("API keys.");
  addCreate(keys, io, run);
  addList(keys, io, run);
  addRevoke(keys, io, run);
};

function addCreate(keys: Command, io: CliIo, run: RunAction): void {
  keys
    .command("create")
    .description("Make an API key and show it once; only its hash is stored.")
    .argument("<name>", "what the key is for, such as crm or jo's laptop")
    .addOption(new Option("--role <role>", "what it may do").choices(roles).makeOptionMandatory())
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      `
Roles: integration (events, leads, tokens), reviewer (reads, approvals), operator (that, and the catalogue), admin (all).
${directNote}

Example:
  $ vouchsafe keys create crm --role integration`,
    )
    .action((name: string, options: JsonOption & { readonly role: Role }) =>
      run(options.json === true, () =>
        withApi(io, async (api) => {
          const { body } = await api.send({ method: "POST", path: "/v1/keys", body: { name, role: options.role } });
          const made = created.parse(body);
          print(io, options.json, made, [
            `${made.keyId} (${made.name}, ${made.role}). The key, shown this once:`,
            made.key,
          ]);
          return 0;
        }),
      ),
    );
}

const created = z.object({ keyId: z.string(), key: z.string(), name: z.string(), role: z.string() });

function addList(keys: Command, io: CliIo, run: RunAction): void {
  keys
    .command("list")
    .description("List the API keys, revoked ones too; never a key itself.")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe keys list`)
    .action(({ json }: JsonOption) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const { body } = await api.send({ method: "GET", path: "/v1/keys" });
          const rows = listed
            .parse(body)
            .items.map(({ keyId, role, name, revokedAt }) => [
              keyId,
              role,
              revokedAt === null ? "active" : `revoked ${revokedAt}`,
              name,
            ]);
          print(io, json, body, rows.length === 0 ? ["None."] : columns(rows));
          return 0;
        }),
      ),
    );
}

function addRevoke(keys: Command, io: CliIo, run: RunAction): void {
  keys
    .command("revoke")
    .description("Revoke an API key: it lets nobody in any more.")
    .argument("<id>", "the key's id, as `keys list` names it")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe keys revoke key_…`)
    .action((id: string, { json }: JsonOption) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const { body } = await api.send({ method: "DELETE", path: `/v1/keys/${encodeURIComponent(id)}` });
          print(io, json, body, [`${id} is revoked.`]);
          return 0;
        }),
      ),
    );
}

const listed = z.object({
  items: z.array(
    z.looseObject({ keyId: z.string(), name: z.string(), role: z.string(), revokedAt: z.string().nullable() }),
  ),
});
