import MailComposer from "nodemailer/lib/mail-composer";
import type { Brand } from "../../domain/brand.ts";
import { toWireAddress } from "../../domain/mail-address.ts";
import type { EmailRendering, MailMessage } from "./email.ts";
import { oneLine } from "./one-line.ts";

export interface Addressing {
  /** The delivery's id: it names the message, so that two copies of one can be told. */
  readonly key: string;
  readonly brand: Brand;
  readonly to: { readonly address: string; readonly name: string | null };
  readonly unsubscribeUrl: string;
  /** Milliseconds UTC. */
  readonly now: number;
}

/**
 * The whole message (RFC 5322): both parts, and the headers by which mail services offer to unsubscribe with one click
 * (RFC 2369, RFC 8058). Null when an address is none. The relay's DKIM signature has to cover those headers (RFC 8058, 4).
 */
export async function mailMessage(rendering: EmailRendering, addressing: Addressing): Promise<MailMessage | null> {
  const { key, brand, to, unsubscribeUrl, now } = addressing;
  const from = toWireAddress(brand.sender.address);
  const recipient = toWireAddress(to.address);
  const replyTo = brand.sender.replyTo === undefined ? undefined : toWireAddress(brand.sender.replyTo);
  if (from === null || recipient === null || replyTo === null) return null;
  const messageId = `<${key}@${from.slice(from.lastIndexOf("@") + 1)}>`;
  const composer = new MailComposer({
    from: { name: oneLine(brand.sender.name), address: from },
    to: { name: oneLine(to.name ?? ""), address: recipient },
    ...(replyTo === undefined ? {} : { replyTo }),
    subject: oneLine(rendering.subject),
    messageId,
    date: new Date(now),
    text: rendering.text,
    html: rendering.html,
    headers: {
      "List-Unsubscribe": { prepared: true, value: `<${unsubscribeUrl}>` },
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
    // Nothing in a message names a file or an address to be fetched from here.
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: "win",
    baseBoundary: key,
  });
  return { key, messageId, from, to: recipient, bytes: await composer.compile().build() };
}
