import { z } from "zod";
import { decisionId } from "../../domain/ids.ts";
import { replayReport } from "../../domain/replay-report.ts";
import { requestedChange, whatIfReport } from "../../domain/what-if-report.ts";
import { timeOf, when } from "../../domain/when.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";

const request = z.strictObject({
  decisions: z.array(decisionId).min(1).max(1000).optional(),
  since: when.optional(),
  until: when.optional(),
  limit: z.int().min(1).max(1000).default(200),
  with: requestedChange.optional(),
});

const answers = {
  200: {
    description: "How the decisions come out, or, with settings to try, how they would have",
    schema: z.discriminatedUnion("kind", [replayReport, whatIfReport]),
  },
};

const description =
  "Nothing is written, published or sent. Without `with`: on the recorded facts under what runs today; the same " +
  "versions give the same result, byte for byte, and any difference comes with its cause. With it: what would have been " +
  "decided under those settings, and how that differs. One replay at a time: 503 with Retry-After while another goes on.";

/** Running recorded decisions again, as they were or under other settings. */
export function addReplayRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "post",
    path: "/v1/replays",
    tag: "decisions",
    summary: "Run recorded decisions again, as they were or under other settings",
    description: `${description} Decisions are the ones named, else the newest recorded ones of the span.`,
    needs: "decisions:replay",
    body: request,
    example: { since: "7d", limit: 200, with: { threshold: 0.8 } },
    answers,
    handle: async ({ body }) => ({ status: 200, body: await run(body, deps) }),
  });

  add({
    method: "post",
    path: "/v1/decisions/{id}/replay",
    tag: "decisions",
    summary: "Run one decision again",
    description,
    needs: "decisions:replay",
    params: z.strictObject({ id: decisionId }),
    body: request.pick({ with: true }),
    bodyOptional: true,
    answers,
    handle: async ({ params: { id }, body }) => ({
      status: 200,
      body: await run({ decisions: [id], limit: 1, with: body.with }, deps),
      about: { decisionId: id },
    }),
  });
}

function run({ since, until, with: change, ...given }: z.output<typeof request>, { replays, runtime }: HttpDeps) {
  const now = runtime.clock.now();
  const at = (said: z.output<typeof when> | undefined) => (said === undefined ? undefined : timeOf(said, now));
  const span = { ...given, since: at(since), until: at(until) };
  return change === undefined ? replays.replay(span) : replays.whatIf({ ...span, change });
}
