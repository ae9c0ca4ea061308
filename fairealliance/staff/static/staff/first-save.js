// A new page saves itself while its author writes. Who saves it at that very moment would make a second page of the
// same address, which is refused: their saving waits until the page is there, and then goes to it; for ten seconds at
// most. Once they save, the page no longer saves itself behind them.

const form = document.getElementById("page-edit-form");
const isNew = () => form.action.includes("/pages/add/");
const LONGEST = 10_000; // milliseconds
let isSaving = false;
let isLeaving = 0;
let asked = null;
let patience = 0;

function goOn() {
  isSaving = false;
  if (!asked) return;
  const { submitter } = asked;
  asked = null;
  clearTimeout(patience);
  let said = null;
  if (submitter?.name) {
    // The button shows that it works by being disabled, and a disabled one says nothing to the server.
    said = Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(said);
  }
  form.requestSubmit();
  said?.remove();
}

if (form && isNew()) {
  form.addEventListener("w-autosave:save", (event) => {
    if (isLeaving) event.preventDefault();
    else isSaving = isNew();
  });
  // After what else listens, on the document too: comments get the numbers they were given.
  for (const end of ["w-autosave:success", "w-autosave:error"]) form.addEventListener(end, () => setTimeout(goOn));
  form.addEventListener("submit", (event) => {
    clearTimeout(isSaving ? patience : isLeaving);
    if (!isSaving) {
      isLeaving = setTimeout(() => { isLeaving = 0; }, LONGEST);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    asked = event;
    patience = setTimeout(goOn, LONGEST);
  }, { capture: true });
}
