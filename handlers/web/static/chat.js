// Sends the chat's forms without leaving the page, and shows what comes meanwhile.
// Without it the same forms work as any form does.

const conversation = document.getElementById("conversation");
const composer = document.getElementById("ask");
const status = document.getElementById("status");
const mishap = document.getElementById("mishap");
const UNREACHABLE = "The bot cannot be reached. Your words are still here: send them again.";
const HEADERS = { "X-Requested-With": "fetch", Accept: "text/html, application/json" };

function merge(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.getElementById("conversation");
  if (!fresh) throw new Error(UNREACHABLE);
  if (Number(fresh.dataset.number) < Number(conversation.dataset.number)) return null;
  const kept = new Map([...conversation.children].map((entry) => [entry.id, entry]));
  let first = null;
  for (const entry of [...fresh.children]) {
    const old = kept.get(entry.id);
    kept.delete(entry.id);
    if (!old) {
      conversation.append(entry);
      first ??= entry;
    } else if (old.dataset.state !== entry.dataset.state && !isWrittenIn(old)) {
      keepOpen(old, entry);
      old.replaceWith(entry);
    }
  }
  for (const gone of kept.values()) gone.remove();
  conversation.dataset.number = fresh.dataset.number;
  composer.elements.token.value = fresh.dataset.token;
  if (first) document.querySelector(".examples")?.remove();
  return first;
}

// A clause that somebody reads stays open.
function keepOpen(old, entry) {
  const clauses = entry.querySelectorAll(".clause");
  old.querySelectorAll(".clause").forEach((clause, place) => clauses[place]?.replaceWith(clause));
}

// What somebody is typing must not vanish under their hands.
function isWrittenIn(entry) {
  const field = document.activeElement;
  return entry.contains(field) && field.matches("textarea, input") && field.value !== "";
}

async function fetched(address, options = {}) {
  const response = await fetch(address, { ...options, headers: HEADERS });
  if (response.ok) return response.text();
  const told = await response.json().catch(() => ({}));
  const reference = told.reference ? ` (${told.reference})` : "";
  throw new Error(told.error ? told.error + reference : UNREACHABLE);
}

function tell(error) {
  mishap.textContent = error instanceof TypeError ? UNREACHABLE : error.message;
  mishap.hidden = false;
}

async function send(form, button) {
  const fields = new URLSearchParams(new FormData(form, button));
  const action = button?.getAttribute("formaction") ?? form.getAttribute("action");
  mishap.hidden = true;
  status.textContent = "One moment…";
  form.inert = true;
  try {
    const html = await fetched(action, { method: "POST", body: fields });
    form.inert = false;
    if (form === composer) form.elements.text.value = "";
    else form.reset();
    document.activeElement?.blur();
    const first = merge(html);
    if (form === composer) form.elements.text.focus({ preventScroll: true });
    else (first ?? conversation.lastElementChild)?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: "start" });
  } catch (error) {
    tell(error);
  } finally {
    form.inert = false;
    status.textContent = "";
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-live]")) return;
  event.preventDefault();
  if (!form.inert) send(form, event.submitter);
});

composer.elements.text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});

document.addEventListener("toggle", async (event) => {
  const part = event.target;
  if (!part.open || !part.dataset?.part) return;
  const address = part.dataset.part;
  delete part.dataset.part;
  try {
    part.lastElementChild.innerHTML = await fetched(address);
  } catch {
    part.dataset.part = address;
  }
}, true);

// A browser opens few streams to one server: pages that nobody looks at hold none.
let stream = null;

function listen() {
  if (document.hidden) {
    stream?.close();
    stream = null;
  } else if (!stream) {
    stream = new EventSource(`/events?seen=${conversation.dataset.number}`);
    stream.onmessage = async () => {
      try {
        merge(await fetched("/conversation"));
      } catch {
        // The next event, or the next look at the page, asks again.
      }
    };
  }
}

document.addEventListener("visibilitychange", listen);
window.addEventListener("pagehide", () => { stream?.close(); stream = null; });
window.addEventListener("pageshow", listen);
document.getElementById("keys").hidden = false;
listen();
