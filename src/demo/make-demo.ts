import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { AppError, isAppError } from "../domain/errors.ts";
import { type LeadId, leadId, publicationId } from "../domain/ids.ts";
import { term } from "../domain/vocabulary.ts";
import { makeDemoActions } from "./actions.ts";
import type { Demo, DemoHttp } from "./demo.ts";
import type { DemoDeps } from "./demo-deps.ts";
import { demoFiles } from "./demo-files.ts";
import { isBusy, restsWithin } from "./is-busy.ts";
import { loadView, verifySampleLead } from "./load-view.ts";
import { emptyPage, playPage } from "./pages/play-page.ts";
import { makeResponder, type Visit } from "./respond.ts";
import type { Sessions } from "./session.ts";
import { type FormAction, postAnswer, postClock, postEvent, postRevoke } from "./submit.ts";
import type { Where } from "./view.ts";
import { addressOf, readWhere } from "./where.ts";

interface MakeDemoDeps extends DemoDeps {
  readonly sessions: Sessions;
  /** Host names, besides this machine's, under which the pages answer. */
  readonly hosts: ReadonlySet<string>;
}

/** The routes. Every one checks the host name first, every form its origin and its token. */
export function makeDemo(deps: MakeDemoDeps): Demo {
  const actions = makeDemoActions(deps);
  return {
    addRoutes(app: Pick<Hono, "get" | "post">, http: DemoHttp) {
      const respond = makeResponder(deps, http);

      app.get("/demo", (c) =>
        respond.page(c, async (visit) => {
          if (deps.sample === null) return { status: 200, body: emptyPage() };
          return { status: 200, body: await show(visit, readWhere(c.req.query(), firstLead()), null) };
        }),
      );

      // Whether anything changed since a page was made: what the script asks instead of the whole page.
      app.get("/demo/pulse", (c) =>
        respond.other(c, async () => {
          const lead = leadOf(readWhere(c.req.query(), firstLead()));
          const body = JSON.stringify({ stamp: stamp(), isBusy: await isBusy(deps, lead) });
          return new Response(body, { headers: { "Content-Type": "application/json" } });
        }),
      );

      // To the public endpoint, as a page would ask it. The token is minted here so that pages hold none that runs out.
      app.get("/demo/slot", (c) =>
        respond.other(c, async () => {
          const { lead, place } = readWhere(c.req.query(), firstLead());
          if (!term.safeParse(place).success) throw new AppError("not-found", "There is no place of this name.");
          const { token } = deps.leadTokens.mint(leadOf({ lead }), slotTokenMs);
          return new Response(null, { status: 302, headers: { Location: `/v1/slots/${place}?lead=${token}` } });
        }),
      );

      app.get("/demo/mail", (c) =>
        respond.other(c, async () => {
          const lead = leadOf(readWhere(c.req.query(), firstLead()));
          const id = publicationId.safeParse(c.req.query("publication"));
          const sent = id.success ? await deps.publications.get(deps.store.read, id.data) : null;
          const preview =
            sent?.leadId === lead && (await deps.emailPreviews.preview(deps.store.read, sent.publicationId));
          if (!preview) throw new AppError("not-found", "This lead has no e-mail of this id.");
          return new Response(preview.html, { headers: mailHeaders });
        }),
      );

      for (const { path, type, body } of demoFiles()) {
        app.get(path, (c) => respond.other(c, async () => new Response(body, { headers: { "Content-Type": type } })));
      }

      const limited = bodyLimit({
        maxSize: maxFormBytes,
        onError: (c) => respond.problem(c, new AppError("too-large", "The form is larger than it may be.")),
      });
      const form = (path: string, act: FormAction) =>
        app.post(path, limited, (c) =>
          respond.page(c, async (visit) => submit(visit, await fieldsOf(visit, path), act)),
        );
      form("/demo/event", postEvent);
      form("/demo/answer", postAnswer);
      form("/demo/revoke", postRevoke);
      form("/demo/clock", postClock);
    },
  };

  async function fieldsOf({ c, session }: Visit, path: string) {
    const fields = await readFields(c.req.raw);
    if (deps.sessions.isToken(session, path, fields.token ?? "")) return fields;
    throw new AppError("forbidden", "This form is no longer good. Open /demo again and press once more.");
  }

  async function submit(visit: Visit, fields: Readonly<Record<string, string>>, act: FormAction) {
    const where = readWhere(fields, firstLead());
    const lead = leadOf(where);
    try {
      const next = await act(where, fields, actions);
      // The script shows a decision while it is being made; without it, the next page shows what came of it.
      if (visit.c.req.header("x-vouchsafe-live") === undefined) await restsWithin(deps, lead, restMs);
      return { redirect: addressOf(next) };
    } catch (error) {
      if (!isAppError(error)) throw error;
      // What was refused is said on the page where it was pressed.
      return { status: error.code, body: await show(visit, where, wordsOf(error)) };
    }
  }

  async function show({ session }: Visit, where: Where, problem: string | null) {
    // Before anything is read: what is committed meanwhile is then news to the page.
    const seen = stamp();
    const view = await loadView(deps, where);
    return playPage({ view, tokenOf: (action) => deps.sessions.token(session, action), problem, stamp: seen });
  }

  function firstLead(): string | undefined {
    return deps.sample?.leads[0];
  }

  function leadOf({ lead }: Pick<Where, "lead">): LeadId {
    return leadId.parse(verifySampleLead(deps, lead));
  }

  /** Changes with every commit and every move of the clock. */
  function stamp(): string {
    const committed = deps.store.commitStamp?.() ?? Buffer.from(deps.random.bytes(6)).toString("hex");
    return `${committed}.${deps.clock.aheadMs()}`;
  }
}

/** An e-mail brings its own inline style, and may be looked at by our own page alone. */
const mailHeaders = {
  "Content-Type": "text/html; charset=UTF-8",
  "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'",
};

const maxFormBytes = 16_384;
const slotTokenMs = 3_600_000;
const restMs = 5000;

async function readFields(request: Request): Promise<Readonly<Record<string, string>>> {
  const type = request.headers.get("content-type") ?? "";
  if (!type.toLowerCase().startsWith("application/x-www-form-urlencoded")) {
    throw new AppError("unsupported-media-type", "Send the form as application/x-www-form-urlencoded.");
  }
  return Object.fromEntries(new URLSearchParams(await request.text()));
}

function wordsOf({ message, fields }: AppError): string {
  return [message, ...fields.map((field) => field.message)].join(" ");
}
