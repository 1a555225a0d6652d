/** A page of the reference: its title, a notice that it is made and not written, and its parts. */
export function page(title: string, parts: readonly string[]): string {
  const notice = "<!-- Made from the code by `npm run reference:write`; what is changed here is lost. -->";
  return `${[`# ${title}`, notice, ...parts].join("\n\n")}\n`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

export function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
