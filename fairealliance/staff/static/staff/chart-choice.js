// Under the choice of a series, its chart: the very file that the page will show.

const CHOICE = "select[data-chart-choice]";

function show(select) {
  let picture = select.parentElement.querySelector("img.chart-choice");
  if (!select.value) {
    picture?.remove();
    return;
  }
  if (!picture) {
    picture = document.createElement("img");
    picture.className = "chart-choice";
    picture.alt = "";
    select.insertAdjacentElement("afterend", picture);
  }
  const address = select.dataset.chartChoice.replace("SERIE", encodeURIComponent(select.value));
  if (picture.getAttribute("src") !== address) picture.setAttribute("src", address);
}

function showAll(root) {
  if (root.matches?.(CHOICE)) show(root);
  root.querySelectorAll?.(CHOICE).forEach(show);
}

document.addEventListener("change", (event) => {
  if (event.target.matches?.(CHOICE)) show(event.target);
});
new MutationObserver((changes) => {
  for (const change of changes) change.addedNodes.forEach(showAll);
}).observe(document.documentElement, { childList: true, subtree: true });
showAll(document);
