import { hostname } from "node:os";
import { join } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { MailTransport } from "../channels/email/email.ts";
import { emailSetup, makeEmailChannel } from "../channels/email/email-channel.ts";
import { makeFileTransport } from "../channels/email/file-transport.ts";
import { makeSmtpTransport, smtpTimeouts } from "../channels/email/smtp-transport.ts";
import { readSmtpUrl } from "../channels/email/smtp-url.ts";
import { makeUnsubscribeLinks } from "../channels/email/unsubscribe-links.ts";
import type { Config } from "../config.ts";
import type { Crm } from "../crm/crm.ts";
import type { Deployment } from "../deployment/deployment.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Store } from "../store/store.ts";
import type { Vault } from "../vault/vault.ts";

/**
 * E-mail as the settings want it: by a mail server where one is named, else as files. `carrier` takes their place.
 * Throws `config` for a bad SMTP_URL.
 */
export function composeEmail(deps: {
  readonly config: Pick<Config, "smtpUrl" | "dataDir">;
  readonly store: Store;
  readonly crm: Crm;
  readonly catalogue: Catalogue;
  readonly deployment: Deployment;
  readonly vault: Pick<Vault, "secret">;
  readonly clock: Clock;
  readonly publicUrl: () => string;
  readonly carrier: MailTransport | null;
}) {
  const { config, store, crm, catalogue, deployment, clock, publicUrl } = deps;
  const links = makeUnsubscribeLinks({ secret: deps.vault.secret("unsubscribe"), clock, publicUrl });
  const transport = deps.carrier ?? carrierOf(config);
  const channel = makeEmailChannel({ db: store.read, crm, catalogue, deployment, links, transport, clock });
  return { links, channel, setup: () => emailSetup({ deployment, links, transport }) };
}

function carrierOf({ smtpUrl, dataDir }: Pick<Config, "smtpUrl" | "dataDir">): MailTransport {
  return smtpUrl === null
    ? makeFileTransport({ folder: join(dataDir, "outbox") })
    : makeSmtpTransport({ server: readSmtpUrl(smtpUrl), timeouts: smtpTimeouts, name: hostname() });
}
