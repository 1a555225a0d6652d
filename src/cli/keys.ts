import { Option } from "commander";
import { AppError } from "../domain/errors.ts";
import { type Role, roles } from "../http/http.ts";
import { type AddCommand, type JsonOption, print } from "./command.ts";
import { commandConfig } from "./settings.ts";
import { chooseTarget, withDatabase } from "./target.ts";

export const addKeys: AddCommand = (program, io, run) => {
  const keys = program.command("keys").description("API keys.");
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
No server may be running on the data folder.

Example:
  $ vouchsafe keys create crm --role integration`,
    )
    .action((name: string, options: JsonOption & { readonly role: Role }) =>
      run(options.json === true, async () => {
        const config = commandConfig(io);
        if (chooseTarget(config).kind === "server") {
          throw new AppError(
            "conflict",
            "Keys are made on the database itself. Stop the server, make the key, start it again.",
          );
        }
        const made = await withDatabase(config, ({ store, apiKeys }) =>
          store.write((trx) => apiKeys.create(trx, { name, role: options.role })),
        );
        print(io, options.json, { ...made, name, role: options.role }, [
          `${made.keyId} (${name}, ${options.role}). The key, shown this once:`,
          made.key,
        ]);
        return 0;
      }),
    );
};
