/** Text for a header: whatever could end the line (RFC 5322, 2.2) or hides in it becomes a space. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, " ").trim();
}
