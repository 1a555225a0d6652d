/** Shows the filter, which only works with a script, and lets it hide what does not have the words. */
export const pageScript = `
for (const form of document.querySelectorAll("[data-filter]")) {
  form.hidden = false;
  const input = form.querySelector("input");
  const said = form.querySelector("[role=status]");
  const items = [...document.querySelectorAll(form.dataset.filter)];
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const text = item.dataset.words;
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) shown += 1;
    }
    said.textContent = words.length === 0 ? "" : shown + " of " + items.length;
  });
}
`;
