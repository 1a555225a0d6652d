import { type AddCommand, type JsonOption, print } from "./command.ts";
import { commandConfig } from "./settings.ts";
import { withDatabase } from "./target.ts";

export const addMigrate: AddCommand = (program, io, run) => {
  program
    .command("migrate")
    .description("Bring the database to this version's schema (`serve` does so too, at its start).")
    .option("--json", "answer as JSON")
    .addHelpText("after", "\nExample:\n  $ vouchsafe migrate --json")
    .action((options: JsonOption) =>
      run(options.json === true, async () => {
        const { dataDir, ...config } = commandConfig(io);
        const applied = await withDatabase({ ...config, dataDir }, async ({ migrated }) => migrated);
        print(
          io,
          options.json,
          { applied },
          applied.length === 0
            ? [`The database in ${dataDir} is up to date.`]
            : [`Applied to the database in ${dataDir}:`, ...applied.map((name) => `  ${name}`)],
        );
        return 0;
      }),
    );
};
