import type { OpenAPIHono, RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import { z } from "zod";
import { AppError } from "../../domain/errors.ts";
import { problemResponse } from "../errors.ts";
import type { HttpDeps } from "../http.ts";
import { readBody } from "../request-body.ts";
import { requestIdOf } from "../request-id.ts";
import { type PageWords, styleHash, unsubscribePage } from "../unsubscribe-page.ts";

const path = "/u/:token";
/** What a form or a mail service sends along (RFC 8058: `List-Unsubscribe=One-Click`); nothing of it is read. */
const bodyBytes = 16_384;

/**
 * Where the links of e-mails lead: without a key, by a signed token. Looking (GET, HEAD) changes nothing, since scanners
 * and previews follow links; the button of the page, and mail services with one click, POST.
 */
export function addUnsubscribeRoutes(app: OpenAPIHono, deps: HttpDeps): void {
  for (const description of descriptions) app.openAPIRegistry.registerPath(description);
  app.get(path, (c) => answer(c, deps, async () => ask));
  app.post(path, (c) =>
    answer(c, deps, async (token) => {
      await readBody(c, bodyBytes);
      await unsubscribe(token, deps);
      return done;
    }),
  );
}

async function answer(c: Context, deps: HttpDeps, act: (token: Verified) => Promise<Page>): Promise<Response> {
  const requestId = requestIdOf(c, deps.runtime.random);
  try {
    const verified = deps.unsubscribeLinks.verify(c.req.param("token") ?? "");
    const page = "reason" in verified ? refusals[verified.reason] : await act(verified);
    deps.logger.info({ requestId, method: c.req.method, route: "/u/{token}", status: page.status }, "request");
    return new Response(unsubscribePage(page.words, senderOf(deps)), { status: page.status, headers });
  } catch (error) {
    return problemResponse(error, requestId, deps.logger);
  }
}

type Verified = Extract<ReturnType<HttpDeps["unsubscribeLinks"]["verify"]>, { publicationId: unknown }>;

/**
 * First of all the lead is let alone, whatever comes after; then it is told like any other outcome. Once more changes
 * nothing. When the inbox is full the outcome waits for the next time: it is a figure, the suppression is what counts.
 */
async function unsubscribe({ publicationId }: Verified, deps: HttpDeps): Promise<void> {
  const { store, publications, crm } = deps;
  const publication = await publications.get(store.read, publicationId);
  if (publication === null) throw new AppError("not-found", "There is nothing at this address.");
  const { leadId } = publication;
  await store.write((trx) => crm.suppress(trx, leadId, "email", "unsubscribed"));
  const told = await deps.intake.accept({
    specversion: "1.0",
    id: publicationId,
    source: "/u",
    type: "outcome.unsubscribed.v1",
    subject: leadId,
    data: { publicationId, channel: "email" },
  });
  if (told.outcome === "refused") deps.logger.warn({ publicationId, code: told.code }, "unsubscribed, untold");
}

interface Page {
  readonly status: number;
  readonly words: PageWords;
}

const ask: Page = {
  status: 200,
  words: {
    title: "Unsubscribe",
    text: "Do you want to get no more of these e-mails?",
    button: "Yes, unsubscribe me",
  },
};
const done: Page = {
  status: 200,
  words: { title: "You are unsubscribed", text: "You will get no more of these e-mails.", button: null },
};
const refusals: Readonly<Record<"forged" | "expired", Page>> = {
  forged: {
    status: 404,
    words: {
      title: "This link does not work",
      text: "It was shortened or changed on its way. Nothing was done. Please use the link in the e-mail itself, or answer the e-mail.",
      button: null,
    },
  },
  expired: {
    status: 410,
    words: {
      title: "This link has expired",
      text: "Nothing was done. Please use the link in a newer e-mail, or answer the e-mail.",
      button: null,
    },
  },
};

function senderOf({ info }: HttpDeps): string {
  return info.sender;
}

const describe = (method: "get" | "post", summary: string): RouteConfig => ({
  method,
  path: "/u/{token}",
  tags: ["unsubscribe"],
  summary,
  description: "Public: takes the signed token of an e-mail's link. 404: it is not one of ours. 410: it has expired.",
  request: { params: z.strictObject({ token: z.string() }) },
  responses: { 200: { description: "A page", content: { "text/html": { schema: z.string() } } } },
});
const descriptions = [
  describe("get", "Ask whether to unsubscribe; changes nothing"),
  describe("post", "Unsubscribe the reader of an e-mail (RFC 8058); once more changes nothing"),
];

const headers = {
  "Content-Type": "text/html; charset=UTF-8",
  // Nothing is loaded, run or framed; the form goes to where the page came from.
  "Content-Security-Policy": `default-src 'none'; style-src '${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Robots-Tag": "noindex, nofollow",
} as const;
