/** Runs in the page: what would stand in the way of a reader. Colours are read as the browser computes them. */
function findFaults() {
  const faults = [];
  const nameOf = (element) => {
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : "";
    return [element.getAttribute("aria-label"), label, element.textContent].join(" ").trim();
  };
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  for (const control of document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")) {
    if (nameOf(control) === "") faults.push(`no name: ${control.outerHTML.slice(0, 120)}`);
  }
  const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map(({ tagName }) => Number(tagName.slice(1)));
  if (levels.filter((level) => level === 1).length !== 1) faults.push("not exactly one h1");
  levels.forEach((level, i) => {
    if (level > (levels[i - 1] ?? 0) + 1) faults.push(`h${level} follows h${levels[i - 1]}`);
  });
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`id twice: ${id}`);
  for (const element of document.querySelectorAll("[aria-labelledby]")) {
    const by = element.getAttribute("aria-labelledby") ?? "";
    if (document.getElementById(by) === null) faults.push(`labelled by nothing: ${by}`);
  }
  for (const landmark of ["header", "main", "footer", "nav[aria-label]"]) {
    if (document.querySelector(landmark) === null) faults.push(`no ${landmark}`);
  }
  if (document.documentElement.lang !== "en") faults.push("no language");
  if (document.documentElement.scrollWidth > innerWidth)
    faults.push(`wider than the window: ${document.documentElement.scrollWidth}`);

  const parse = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([r = 0, g = 0, b = 0]) => {
    const [x = 0, y = 0, z = 0] = [r, g, b].map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    if (element === null) return [255, 255, 255];
    const [r = 0, g = 0, b = 0, alpha = 1] = parse(getComputedStyle(element).backgroundColor);
    return alpha === 0 ? behind(element.parentElement) : [r, g, b];
  };
  // WCAG 2.2, 1.4.3: 4.5 to 1 for text of this size.
  for (const element of document.querySelectorAll("body *")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== "");
    if (!hasText || !isShown(element) || element.closest("svg, .unseen, .skip, [aria-hidden=true]")) continue;
    const [light = 0, dark = 0] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))].sort(
      (a, b) => b - a,
    );
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < 4.5) faults.push(`contrast ${contrast.toFixed(2)}: ${element.outerHTML.slice(0, 120)}`);
  }
  return faults;
}
findFaults();
