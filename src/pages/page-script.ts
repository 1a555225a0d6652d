/** Shows the filter, which only works with a script, and lets it hide what lacks the words; opens what is linked to. */
export const pageScript = `
for (const form of document.querySelectorAll("[data-filter]")) {
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
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
const unfold = () => document.querySelector(".story:target > details")?.setAttribute("open", "");
addEventListener("hashchange", unfold);
unfold();
`;
