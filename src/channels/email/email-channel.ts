import type { Crm } from "../../crm/crm.ts";
import type { Deployment } from "../../deployment/deployment.ts";
import type { Brand } from "../../domain/brand.ts";
import type { EmailSetup } from "../../domain/facts.ts";
import type { Publication } from "../../domain/publication.ts";
import type { Clock } from "../../runtime/runtime.ts";
import type { Queries } from "../../store/store.ts";
import type { DeliveryOutcome, Publications, PushChannel } from "../channel.ts";
import { webChannel } from "../web/web-channel.ts";
import type { EmailPreviews, MailTransport, UnsubscribeLinks } from "./email.ts";
import { emailParts, type PartsDeps } from "./email-parts.ts";
import { mailMessage } from "./mail-message.ts";
import { oneLine } from "./one-line.ts";
import { renderEmail } from "./render-email.ts";

export interface EmailDeps extends PartsDeps {
  /** Committed data: the recipient is read from it when a message is handed over. */
  readonly db: Queries;
  readonly crm: Pick<Crm, "lead" | "identity">;
  readonly deployment: Pick<Deployment, "profile" | "taxonomy" | "brand">;
  readonly links: UnsubscribeLinks;
  readonly transport: MailTransport;
  readonly clock: Clock;
}

/** E-mail: what may be sent is handed to a mail server, or written as files where none is named. */
export function makeEmailChannel(deps: EmailDeps): PushChannel {
  const isFile = deps.transport.kind === "file";
  return {
    name: "email",
    delivery: "push",
    takesIdempotencyKey: isFile,
    canBeReadBack: isFile,
    canBeWithdrawn: false,
    renderText: (content, version) => ({ ...webChannel.renderText(content, version), subject: content.subject }),
    async deliver(publication, attempt) {
      const { brand } = deps.deployment;
      if (brand === null) return notSetUp;
      const to = await recipientOf(deps, publication);
      if (to === null) return noRecipient;
      const parts = await emailParts(deps.db, deps, publication);
      if (parts === null) return unreadable;
      const unsubscribeUrl = deps.links.link(publication.publicationId);
      const rendering = renderEmail(parts, { ...letterhead(deps, brand), unsubscribeUrl });
      const addressing = { key: attempt.idempotencyKey, brand, to, unsubscribeUrl, now: deps.clock.now() };
      const message = await mailMessage(rendering, addressing);
      return message === null ? badAddress : deps.transport.send(message, attempt);
    },
    readBack: (key) => deps.transport.readBack(key),
  };
}

/** The same rendering for an operator: no recipient in it, and a link that leads nowhere. */
export function makeEmailPreviews(
  deps: Omit<EmailDeps, "transport" | "links" | "db" | "clock"> & {
    readonly publications: Pick<Publications, "get">;
  },
): EmailPreviews {
  return {
    async preview(db, id) {
      const { brand } = deps.deployment;
      const publication = await deps.publications.get(db, id);
      if (brand === null || publication?.touchpoint.channel !== "email") return null;
      const parts = await emailParts(db, deps, publication);
      if (parts === null) return null;
      const rendering = renderEmail(parts, { ...letterhead(deps, brand), unsubscribeUrl: "#unsubscribe" });
      const fromName = oneLine(brand.sender.name);
      return { ...rendering, fromName, state: publication.delivery?.state ?? "pending" };
    },
  };
}

/** What the rules on e-mail read of how it goes out from here. */
export function emailSetup(deps: Pick<EmailDeps, "deployment" | "links" | "transport">): EmailSetup | null {
  const { brand, profile } = deps.deployment;
  if (brand === null) return null;
  return {
    senderName: brand.sender.name,
    senderAddress: brand.sender.address,
    postalAddress: profile.postalAddress,
    unsubscribeUrl: deps.links.base,
    unsubscribeDays: deps.links.days,
    leavesMachine: deps.transport.kind !== "file",
  };
}

function letterhead({ deployment }: Pick<EmailDeps, "deployment">, brand: Brand) {
  return { brand, postalAddress: deployment.profile.postalAddress };
}

async function recipientOf({ crm, db }: EmailDeps, { leadId }: Publication) {
  const identity = await crm.identity(db, leadId);
  return identity?.email === undefined ? null : { address: identity.email, name: identity.name ?? null };
}

const refused = (reason: string): DeliveryOutcome => ({ kind: "refused", reason });
const notSetUp = refused("E-mail is not set up: there is no brand file.");
const noRecipient = refused("The lead has no e-mail address (any more).");
const unreadable = refused("What it shows can't be read any more.");
const badAddress = refused("The sender's or the recipient's address is not usable.");
