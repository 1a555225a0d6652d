import { AppError } from "../domain/errors.ts";
import { type AddCommand, type JsonOption, print } from "./command.ts";
import { commandConfig } from "./settings.ts";

export const addAudit: AddCommand = (program, io, run) => {
  const audit = program.command("audit").description("The transparency log.");
  audit
    .command("verify")
    .description("Recompute the whole log from its entries; exit code 1 when anything in it was changed.")
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      "\nIt only reads the database, so a server may run beside it.\n\nExample:\n  $ vouchsafe audit verify",
    )
    .action((options: JsonOption) =>
      run(options.json === true, async () => {
        const { dataDir, url } = commandConfig(io);
        if (url !== null) {
          const words =
            "A log is recomputed where its database is. Unset VOUCHSAFE_URL and run this on the server's machine.";
          throw new AppError("config", words);
        }
        const { verifyAudit } = await import("../compose/verify-audit.ts");
        const found = await verifyAudit(dataDir);
        print(
          io,
          options.json,
          found,
          found.ok
            ? [`The log holds: ${found.size} entries, root ${found.rootHex}, ${found.unnumbered} not numbered yet.`]
            : ["The log does not hold:", ...found.problems.map((problem) => `  ${problem}`)],
        );
        return found.ok ? 0 : 1;
      }),
    );
};
