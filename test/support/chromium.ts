import { existsSync } from "node:fs";

/** Where a browser is: the one that is named, else Debian's; null when there is none. */
export function chromiumPath(): string | null {
  const named = process.env.VOUCHSAFE_TEST_CHROMIUM;
  const places = [
    ...(named ? [named] : []),
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  return places.find((place) => existsSync(place)) ?? null;
}

/** It is only ever shown our own pages, often as root in a container; and it calls nobody on its own. */
export const chromiumArguments = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"];
