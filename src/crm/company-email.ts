import { freeMailDomains } from "./free-mail-domains.ts";

/** The form in which addresses are compared and hashed. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Whether the address is at a company's own domain rather than a free mail provider's (or a subdomain of one). */
export function isCompanyEmail(email: string): boolean {
  const address = normaliseEmail(email);
  const labels = address.slice(address.lastIndexOf("@") + 1).split(".");
  return !labels.some((_, from) => freeMailDomains.has(labels.slice(from).join(".")));
}
