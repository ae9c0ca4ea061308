// A new page saves itself while its author writes. Who saves it at that very moment would make a second page of the
// same address, which is refused: their saving waits until the page is there, and then goes to it.

const form = document.getElementById("page-edit-form");
const isNew = () => form.action.includes("/pages/add/");
let isSaving = false;
let asked = null;

function goOn() {
  isSaving = false;
  if (!asked) return;
  const { submitter } = asked;
  asked = null;
  if (submitter?.name) {
    // The button shows that it works by being disabled, and a disabled one says nothing to the server.
    const said = Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(said);
  }
  form.requestSubmit();
}

if (form && isNew()) {
  form.addEventListener("w-autosave:save", () => { isSaving = isNew(); });
  form.addEventListener("w-autosave:success", goOn);
  form.addEventListener("w-autosave:error", goOn);
  form.addEventListener("submit", (event) => {
    if (!isSaving) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    asked = event;
  }, { capture: true });
}
