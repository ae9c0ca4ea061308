// A combobox (ARIA 1.2, list autocomplete with manual selection) over a plain text field.
// Without this script the field sends the words typed. With it, one hidden field of the same name
// sends the ref of the territory chosen, or still the words when nothing was chosen.

const WAIT_MS = 120;

class Combobox {
  constructor(input) {
    this.input = input;
    this.options = [];
    this.active = -1;
    this.turn = 0;
    this.build();
    this.listen();
  }

  build() {
    const { input } = this;
    this.hidden = Object.assign(document.createElement("input"), { type: "hidden", name: input.name });
    this.hidden.value = input.dataset.ref || input.value;
    input.removeAttribute("name");
    this.list = document.createElement("div");
    this.list.id = `${input.id}_propositions`;
    this.list.className = "autocomplete-list";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
    this.status = document.createElement("div");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.after(this.hidden, this.list, this.status);
  }

  listen() {
    this.input.addEventListener("input", () => {
      this.hidden.value = this.input.value;
      if (this.active >= 0) this.stand(-1); // other words: what was stood on is no longer meant
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), WAIT_MS);
    });
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    // Pressing the mouse would take the focus away and close the list before the click lands.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(Number(option.dataset.index));
    });
  }

  async ask() {
    const words = this.input.value.trim();
    const turn = ++this.turn;
    if (words.length < 2) return this.close();
    const address = new URL(this.input.dataset.autocomplete, document.baseURI);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (turn === this.turn) this.show(Array.isArray(found) ? found : found.results ?? []);
    } catch {
      if (turn === this.turn) this.say(this.input.dataset.failed);
    }
  }

  show(found) {
    // Whoever went down the list before this answer came keeps what they stand on, if it is still offered.
    const kept = this.options[this.active]?.ref;
    this.options = found;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    if (!found.length) return this.say(this.input.dataset.none);
    this.list.setAttribute("role", "listbox");
    this.list.replaceChildren(...found.map((territory, index) => this.option(territory, index)));
    this.open();
    if (kept) this.stand(found.findIndex(({ ref }) => ref === kept));
    const { one, many } = this.input.dataset;
    this.status.textContent = found.length === 1 ? one : many.replace("{n}", found.length);
  }

  option({ name, context, level }, index) {
    const option = document.createElement("div");
    option.id = `${this.list.id}_${index}`;
    option.dataset.index = index;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const title = document.createElement("span");
    title.className = "autocomplete-name";
    title.textContent = name;
    const place = document.createElement("span");
    place.className = "autocomplete-context";
    const word = level === "commune" ? "" : this.levels[level] ?? "";
    place.textContent = [word, context].filter(Boolean).join(" · ");
    option.append(title, place);
    return option;
  }

  get levels() {
    return JSON.parse(this.input.dataset.levels || "{}");
  }

  press(event) {
    const open = !this.list.hidden && this.options.length > 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) this.move(event.key === "ArrowDown" ? 1 : -1);
      else this.ask();
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  move(step) {
    const count = this.options.length;
    // One place beyond the ends: the field itself, as the pattern asks.
    this.stand(((this.active + 1 + step + count + 1) % (count + 1)) - 1);
  }

  stand(place) {
    this.active = place;
    for (const [index, node] of [...this.list.children].entries()) {
      node.setAttribute("aria-selected", String(index === place));
    }
    const current = this.list.children[place];
    if (!current) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", current.id);
    current.scrollIntoView({ block: "nearest" });
  }

  choose(index) {
    const { ref, name } = this.options[index];
    this.turn += 1;
    this.input.value = name;
    this.hidden.value = ref;
    this.close();
    this.status.textContent = name;
    this.input.dispatchEvent(new CustomEvent("autocomplete:chosen", { bubbles: true, detail: this.options[index] }));
  }

  say(words) {
    this.options = [];
    const line = document.createElement("p");
    line.className = "autocomplete-empty";
    line.textContent = words;
    this.list.setAttribute("role", "presentation");
    this.list.replaceChildren(line);
    this.close();
    this.list.hidden = false;
    this.status.textContent = words;
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    clearTimeout(this.timer);
    this.turn += 1;
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

const bound = new WeakSet();

function bind(root) {
  for (const input of root.querySelectorAll("[data-autocomplete]")) {
    if (!bound.has(input)) bound.add(input), new Combobox(input);
  }
}

bind(document);
document.addEventListener("htmx:load", (event) => bind(event.target.parentElement ?? document));
