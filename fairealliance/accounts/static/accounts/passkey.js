// Passkeys: the browser asks the device, the answer goes into the form, the form is sent.
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (credentials) => (credentials ?? []).map((each) => ({ ...each, id: toBytes(each.id) }));

function described(credential) {
  const said = { clientExtensionResults: credential.getClientExtensionResults(), response: {} };
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) said.response[name] = toText(credential.response[name]);
  }
  return { ...said, id: credential.id, rawId: toText(credential.rawId), type: credential.type };
}

async function add() {
  const { publicKey } = JSON.parse(document.getElementById("passkey-data").textContent).creation_options;
  const selection = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      authenticatorSelection: selection,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
    },
  });
}

async function prove(data) {
  const { publicKey } = data.request_options;
  const asked = { ...publicKey, challenge: toBytes(publicKey.challenge), allowCredentials: known(publicKey.allowCredentials) };
  return navigator.credentials.get({ publicKey: asked });
}

const acts = {
  add,
  prove: () => prove(JSON.parse(document.getElementById("passkey-data").textContent)),
  "sign-in": async (form) => {
    const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
    return prove(await answer.json());
  },
};

function bind(form) {
  const error = form.querySelector("[data-passkey-error]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    error.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(described(await acts[form.dataset.passkey](form)));
      form.submit();
    } catch {
      error.textContent = error.dataset.passkeyError;
      error.hidden = false;
    }
  });
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (window.PublicKeyCredential) bind(form);
  else if (form.dataset.passkey === "add") form.querySelector("button").disabled = true;
}
