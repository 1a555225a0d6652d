import { domainToASCII } from "node:url";
import { z } from "zod";

/**
 * An address in the form of RFC 5321 with RFC 6531: at most 64 bytes before the at sign (letters of any script), a
 * domain whose labels have an ASCII form (IDNA). Quoted local parts and address literals are not taken.
 */
export const mailAddress = z.string().max(254).refine(isMailAddress, "an e-mail address, such as name@company.example");

/** The address as it goes over the wire: the domain in its ASCII form, the rest as it is. Null when it is none. */
export function toWireAddress(address: string): string | null {
  const parts = form.exec(address.normalize("NFC"));
  if (parts === null) return null;
  const [, local = "", domain = ""] = parts;
  const ascii = domainToASCII(domain);
  const isUsable = Buffer.byteLength(local) <= 64 && domainForm.test(ascii) && ascii.length <= 253;
  return isUsable ? `${local}@${ascii}` : null;
}

/** Whether the part before the at sign needs a server that takes UTF-8 (RFC 6531). */
export function needsUtf8(address: string): boolean {
  return /[^\0-\x7f]/.test(address.slice(0, address.lastIndexOf("@")));
}

function isMailAddress(address: string): boolean {
  return toWireAddress(address) !== null;
}

/** Atoms joined by dots: RFC 5322's atext, and letters, digits and marks of other scripts. */
const form = /^((?:[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*)@([^@\s]+)$/u;
const domainForm = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
