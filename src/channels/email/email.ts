import type { DeliveryReceipt } from "../../domain/delivery.ts";
import type { PublicationId } from "../../domain/ids.ts";
import type { DeliveryState } from "../../domain/publication.ts";
import type { Queries } from "../../store/store.ts";
import type { DeliveryAttempt, DeliveryOutcome } from "../channel.ts";

/** What one e-mail says. Links are plain: nothing is tracked, no picture is loaded. */
export interface EmailRendering {
  readonly subject: string;
  /** A whole HTML document with inline styles, without script, form or picture. */
  readonly html: string;
  readonly text: string;
}

/** An e-mail for an operator's eyes: as its reader gets it, save that nobody is named as its reader and no link unsubscribes. */
export interface EmailPreview extends EmailRendering {
  readonly fromName: string;
  readonly state: DeliveryState;
}

export interface EmailPreviews {
  /** Null for an unknown publication, one on another channel, or one whose content can't be read any more. */
  preview(db: Queries, id: PublicationId): Promise<EmailPreview | null>;
}

/** Signed, expiring links by which the reader of one e-mail stops all of them. */
export interface UnsubscribeLinks {
  /** Beginning of every link: `https://…/u/`. */
  readonly base: string;
  /** How long a link works, in days. */
  readonly days: number;
  link(id: PublicationId): string;
  verify(token: string): { readonly publicationId: PublicationId } | { readonly reason: "forged" | "expired" };
}

/** A message as it is handed to a transport: whole, with the addresses that the envelope needs. */
export interface MailMessage {
  /** The delivery's id. */
  readonly key: string;
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  /** RFC 5322 bytes. */
  readonly bytes: Buffer;
}

/** What carries a whole message away. */
export interface MailTransport {
  /** file: exactly once per key, and read back; smtp: at most once, and what is cut off stays unknown. */
  readonly kind: "file" | "smtp";
  send(message: MailMessage, attempt: DeliveryAttempt): Promise<DeliveryOutcome>;
  readBack(key: string): Promise<DeliveryReceipt | null>;
}
