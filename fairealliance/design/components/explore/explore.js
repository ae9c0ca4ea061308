// The explorer's extras: the button « autour de moi », clean addresses, and filters that stay open
// when htmx brings fresh counts. Without this script the form works with its own buttons.

const ROUNDED = 100; // hundredths of a degree, about a kilometre: enough to search, too little to find someone

function around(box) {
  const input = box.querySelector("input[role=combobox], input[data-autocomplete]");
  const hidden = box.querySelector("input[type=hidden]");
  if (!input || box.querySelector(".explore-around") || !("geolocation" in navigator)) return;
  if (/^-?\d/.test(input.dataset.ref)) input.value = box.dataset.around;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet explore-around";
  button.textContent = box.dataset.aroundLabel;
  button.addEventListener("click", () => locate(box, button, input, hidden ?? input));
  box.append(button);
}

function locate(box, button, input, field) {
  button.disabled = true;
  box.querySelector(".explore-around-failed")?.remove();
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const round = (degrees) => Math.round(degrees * ROUNDED) / ROUNDED;
      input.value = box.dataset.around;
      field.value = `${round(coords.latitude)},${round(coords.longitude)}`;
      box.closest("form").requestSubmit();
    },
    () => {
      button.disabled = false;
      const words = document.createElement("p");
      words.className = "explore-around-failed";
      words.setAttribute("role", "alert");
      words.textContent = box.dataset.aroundFailed;
      box.append(words);
    },
    { maximumAge: 600_000, timeout: 10_000 },
  );
}

// Empty fields say nothing: they stay out of the address.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!detail.elt.matches("[data-explore]")) return;
  for (const [name, value] of [...detail.formData.entries()]) {
    if (value === "") detail.formData.delete(name);
  }
});

// A refusal or a rebuild comes as a page too, with its message: show it like any other.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id !== "exploration" || detail.xhr.status < 400 || detail.xhr.status === 500) return;
  detail.shouldSwap = true;
  detail.isError = false;
});

let opened = new Map();

function toggles(form) {
  return [...form.querySelectorAll("details.facet"), ...form.querySelectorAll(".facet-toggle")].map((node) => {
    const facet = node.closest("details.facet");
    return [`${node.tagName}:${facet ? facet.querySelector("summary").textContent : node.id}`, node];
  });
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id !== "exploration") return;
  opened = new Map(toggles(detail.target).map(([name, node]) => [name, node.open ?? node.checked]));
});

function bind() {
  const form = document.querySelector("[data-explore]");
  if (!form) return;
  for (const [name, node] of toggles(form)) {
    if (!opened.has(name)) continue;
    if ("open" in node) node.open = opened.get(name) || node.open;
    else node.checked = opened.get(name);
  }
  const box = form.querySelector("[data-around]");
  if (box) around(box);
}

document.addEventListener("htmx:load", bind);
// A place chosen in the list is a complete answer: search at once.
document.addEventListener("autocomplete:chosen", ({ target }) => target.closest("[data-explore]")?.requestSubmit());
// Several « pres »: the button pressed wins over the field.
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-place]");
  const field = button?.form?.querySelector("[data-around] input[type=hidden]");
  if (field) field.disabled = true;
});
bind();
