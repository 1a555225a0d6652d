import type { DeliveryReceipt } from "../../domain/delivery.ts";
import type { DeliveryAttempt, DeliveryOutcome } from "../channel.ts";
import type { MailMessage } from "./email.ts";

/** What carries a whole message away. */
export interface MailTransport {
  /** file: exactly once per key, and read back; smtp: at most once, and what is cut off stays unknown. */
  readonly kind: "file" | "smtp";
  send(message: MailMessage, attempt: DeliveryAttempt): Promise<DeliveryOutcome>;
  readBack(key: string): Promise<DeliveryReceipt | null>;
}
