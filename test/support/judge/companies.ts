const legalForms = /(?:\s|^)(?:gmbh|ag|kg|co|corp|corporation|inc|ltd|limited|llc|sa|bv|nv|ab|oy|srl|sas|plc|se)$/;

/** A company by its name alone, however it is spelt: no marks, no case, no signs, no legal form at the end. */
export function companyName(name: string): string {
  let plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’.]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  while (plain.includes(" ") && legalForms.test(plain)) plain = plain.replace(legalForms, "").trim();
  return plain.replaceAll(" ", "");
}
