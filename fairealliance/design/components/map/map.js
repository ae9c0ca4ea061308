// Ties the points of a map to the lines of its list: pointing at or focusing one lights the other.
// `data-map` keeps to its own figure; `data-map="page"` looks for lines (cards) in the whole page.

function partners(figure, ref) {
  const scope = figure.dataset.map === "page" ? document : figure;
  const name = CSS.escape(ref);
  return [
    ...figure.querySelectorAll(`[data-map-point="${name}"]`),
    ...scope.querySelectorAll(`[data-map-item="${name}"]`),
  ];
}

function light(figure, target, lit) {
  const node = target.closest?.("[data-map-point], [data-map-item]");
  const ref = node?.dataset.mapPoint ?? node?.dataset.mapItem;
  if (!ref) return;
  for (const partner of partners(figure, ref)) {
    partner.classList.toggle("is-lit", lit);
    // The lit point must not hide behind its neighbours.
    if (lit && partner.dataset.mapPoint && partner !== node) partner.parentNode.append(partner);
  }
}

function tie(figure) {
  const scope = figure.dataset.map === "page" ? document : figure;
  for (const [type, lit] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    scope.addEventListener(type, (event) => light(figure, event.target, lit));
  }
  figure.querySelector("svg")?.addEventListener("click", (event) => {
    const ref = event.target.closest("[data-map-point]")?.dataset.mapPoint;
    const line = ref && partners(figure, ref).find((partner) => partner.dataset.mapItem);
    line?.querySelector("a")?.focus();
  });
}

const tied = new WeakSet();

function bind() {
  for (const figure of document.querySelectorAll("[data-map]")) {
    if (!tied.has(figure)) tied.add(figure), tie(figure);
  }
}

bind();
document.addEventListener("htmx:load", bind);
