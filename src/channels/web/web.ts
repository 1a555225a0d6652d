import type { LeadId } from "../../domain/ids.ts";

/** Signed, expiring leave to see what a page shows one lead. */
export interface LeadTokens {
  mint(lead: LeadId, ttlMs: number): { readonly token: string; readonly expiresAt: number };
  verify(token: string): { readonly leadId: LeadId } | { readonly reason: "malformed" | "forged" | "expired" };
}

export type SlotFormat = "json" | "html" | "jsonLd";

/** One representation, ready to be sent. The tag is strong: it changes with any byte of the body. */
export interface SlotRepresentation {
  readonly body: string;
  readonly etag: string;
}

/** What a place on a page shows a lead, judged at the moment of viewing. */
export interface SlotView {
  view(lead: LeadId, place: string, format: SlotFormat): Promise<SlotRepresentation>;
}
