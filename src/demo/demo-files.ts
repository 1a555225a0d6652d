import { readFileSync } from "node:fs";

interface DemoFile {
  readonly path: string;
  readonly type: string;
  readonly body: string;
}

/** The style sheet and the script, as they lie in `assets/`. */
export function demoFiles(): readonly DemoFile[] {
  return [
    { path: "/demo/demo.css", type: "text/css; charset=UTF-8", body: read("demo.css") },
    { path: "/demo/demo.js", type: "text/javascript; charset=UTF-8", body: read("demo.js") },
    { path: "/demo/icon.svg", type: "image/svg+xml", body: read("icon.svg") },
  ];
}

function read(name: string): string {
  return readFileSync(new URL(`./assets/${name}`, import.meta.url), "utf8");
}
