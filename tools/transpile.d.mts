export function transpile(fileName: string, how: { readonly extensions: "rewrite" | "keep" }): string;
