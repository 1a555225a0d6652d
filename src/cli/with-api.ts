import { makeLocalApp } from "../compose/local-app.ts";
import type { Overrides, Vouchsafe } from "../compose.ts";
import { type ApiClient, makeClientOver } from "./api-client.ts";
import type { CliIo, ExitCode } from "./command.ts";
import { commandConfig } from "./settings.ts";
import { chooseTarget, withDatabase } from "./target.ts";

/**
 * The API that a command calls: the server's where one runs, else the same one over the database itself, opened for the
 * time of `work`; `here` is then what it stands on. Either way a call means, checks and records the same.
 */
export async function withApi(
  io: CliIo,
  work: (api: ApiClient, here: Vouchsafe | null) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withOpened(io, work, {});
}

/** The same, also where the policies that stand are not usable any more: to put others in their place. */
export async function withApiToMend(io: CliIo, work: (api: ApiClient) => Promise<ExitCode>): Promise<ExitCode> {
  return withOpened(io, work, { isMendingPolicies: true });
}

async function withOpened(
  io: CliIo,
  work: (api: ApiClient, here: Vouchsafe | null) => Promise<ExitCode>,
  overrides: Overrides,
): Promise<ExitCode> {
  const config = commandConfig(io);
  const chosen = chooseTarget(config);
  if (chosen.kind === "server") return work(chosen.api, null);
  const here = async (vouchsafe: Vouchsafe) => {
    const done = await work(apiOver(vouchsafe), vouchsafe);
    // What was written is numbered in the log before the database is closed.
    await vouchsafe.sequencer.run();
    return done;
  };
  return withDatabase(config, here, overrides);
}

/** Who may open the database may do everything on it, so there is no key to show. */
function apiOver(vouchsafe: Vouchsafe): ApiClient {
  const app = makeLocalApp(vouchsafe);
  return makeClientOver({
    url: "the database",
    key: "command-line",
    fetch: async (path, request) => app.request(path, request),
  });
}
