// Print and copy buttons: useful only where scripts run, so they start hidden. Delegated, for htmx swaps the page.
function reveal(root) {
  for (const button of root.querySelectorAll("[data-print][hidden], [data-copy][hidden]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const copy = event.target.closest("[data-copy]");
  if (!copy) return;
  const source = document.querySelector("[data-copy-source]");
  source.select();
  try {
    await navigator.clipboard.writeText(source.value);
  } catch {
    return; // refused by the browser: the address is selected, ready to be copied by hand
  }
  copy.textContent = copy.dataset.done;
  document.querySelector("[data-copy-status]").textContent = copy.dataset.done;
});

reveal(document);
document.addEventListener("htmx:afterSettle", () => reveal(document));
