import { once } from "node:events";
import { loadConfig } from "../config.ts";
import type { RunningServer } from "../server.ts";
import type { AddCommand } from "./command.ts";

export const addServe: AddCommand = (program, io, run) => {
  program
    .command("serve")
    .description("Start the service: migrate, load the sample into an empty database, listen, decide.")
    .addHelpText(
      "after",
      `
SIGTERM and SIGINT drain it: it takes no new work, finishes what runs within VOUCHSAFE_SHUTDOWN_SECONDS, and ends with
0, or with 1 when the time was too short (nothing is lost: what did not finish is run at the next start).

Example:
  $ PORT=9000 VOUCHSAFE_DATA_DIR=/srv/vouchsafe vouchsafe serve`,
    )
    .action(() =>
      run(false, async () => {
        const config = loadConfig(io.env);
        const { serve } = await import("../server.ts");
        let made: string | null = null;
        const server = await serve(config, (key) => {
          made = key;
          // At once: it is not shown again, also when the start fails after this (a port that is taken, say).
          for (const line of ["The admin key, shown this once; keep it:", `  ${key}`]) io.err(line);
        });
        for (const line of welcome(server, made)) io.err(line);
        const asked = new AbortController();
        await Promise.race(["SIGTERM", "SIGINT"].map((signal) => once(process, signal, { signal: asked.signal })));
        asked.abort();
        return (await server.stop()) ? 0 : 1;
      }),
    );
};

/** To standard error, so that standard output stays one JSON line per log entry. */
function welcome({ url, hasDemo }: Pick<RunningServer, "url" | "hasDemo">, adminKey: string | null): readonly string[] {
  const key = adminKey ?? "$VOUCHSAFE_API_KEY";
  return [
    "",
    `Vouchsafe listens on ${url}`,
    ...(hasDemo ? [`  demo      ${url}/demo   ← look here first`] : []),
    `  API       ${url}/docs`,
    `  health    ${url}/readyz`,
    "",
    "Try it: a lead of the sample looks at the price list, and the answer is the decision.",
    `  curl -s ${url}/v1/events -H "Authorization: Bearer ${key}" \\`,
    "    -H 'Content-Type: application/cloudevents+json' -H 'Prefer: wait=5' -d '{",
    '      "specversion": "1.0", "id": "try-1", "source": "/web/pricing", "type": "lead.page-viewed.v1",',
    `      "subject": "L-1042", "data": { "url": "https://www.tidewise.example/pricing" } }'`,
    "",
  ];
}
