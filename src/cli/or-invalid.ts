import { type FieldError, isAppError } from "../domain/errors.ts";
import type { CliIo, ExitCode, JsonOption } from "./command.ts";

/** What is wrong with what was given is the command line's, not the work's: each field in its words, and exit code 2. */
export async function orInvalid(
  io: CliIo,
  { json }: JsonOption,
  fieldWords: (field: FieldError) => string,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error) || error.code !== "invalid") throw error;
    const { code, message, fields } = error;
    if (json) io.err(JSON.stringify({ error: { code, message, fields } }));
    else for (const line of [`error: ${message}`, ...fields.map((one) => `  ${fieldWords(one)}`)]) io.err(line);
    return 2;
  }
}
