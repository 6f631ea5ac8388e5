// Sends the chat's forms without leaving the page, and shows what arrives meanwhile.
// Without this script the same forms work as any form does.

const conversation = document.getElementById("conversation");
const composer = document.getElementById("ask");
const status = document.getElementById("status");
const error = document.getElementById("error");
const UNREACHABLE = "The bot cannot be reached. Your text is still here: send it again.";
const LOOKING = "Looking this up…";
const HEADERS = { "X-Requested-With": "fetch", Accept: "text/html, application/json" };
const TRY_AGAIN_MS = 30_000;

// Shows the conversation of a fetched page. An older page than the one shown changes nothing.
function merge(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.getElementById("conversation");
  if (!fresh) throw new Error(UNREACHABLE);
  if (Number(fresh.dataset.number) < Number(conversation.dataset.number)) return;
  const kept = new Map([...conversation.children].map((entry) => [entry.id, entry]));
  for (const entry of [...fresh.children]) {
    const old = kept.get(entry.id);
    kept.delete(entry.id);
    if (!old) {
      conversation.append(entry);
    } else if (old.dataset.state !== entry.dataset.state && !isWrittenIn(old)) {
      keepOpen(old, entry);
      old.replaceWith(entry);
    }
  }
  for (const gone of kept.values()) gone.remove();
  conversation.dataset.number = fresh.dataset.number;
  composer.elements.token.value = fresh.dataset.token;
  if (conversation.children.length) document.querySelector(".examples")?.remove();
}

// A clause that somebody reads stays open.
function keepOpen(old, entry) {
  const clauses = entry.querySelectorAll(".clause");
  old.querySelectorAll(".clause").forEach((clause, place) => clauses[place]?.replaceWith(clause));
}

// What somebody is typing must not vanish.
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

function show(problem) {
  error.textContent = problem instanceof TypeError ? UNREACHABLE : problem.message;
  error.hidden = false;
}

// The question is shown at once; the page that comes back has it, too, and takes its place.
function showQuestion(text) {
  const entry = document.createElement("article");
  entry.className = "entry asked waiting";
  entry.id = "waiting";
  const question = document.createElement("p");
  question.className = "said";
  question.textContent = text;
  entry.append(question);
  conversation.append(entry);
  entry.scrollIntoView({ block: "nearest" });
}

// From the first entry that was not there before, whatever showed it.
function showNewest(before) {
  const known = before && document.getElementById(before);
  const first = known ? known.nextElementSibling : conversation.firstElementChild;
  first?.scrollIntoView({ block: "start" });
  return first;
}

function isAtEnd() {
  return window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 80;
}

async function send(form, button) {
  const fields = new URLSearchParams(new FormData(form, button));
  const action = button?.getAttribute("formaction") ?? form.getAttribute("action");
  const before = conversation.lastElementChild?.id;
  const question = action === "/ask" ? fields.get("text").trim() : "";
  error.hidden = true;
  status.textContent = LOOKING;
  form.inert = true;
  if (question) showQuestion(question);
  try {
    const html = await fetched(action, { method: "POST", body: fields });
    form.inert = false;
    if (form === composer) form.elements.text.value = "";
    else form.reset();
    document.activeElement?.blur();
    merge(html);
    const first = showNewest(before);
    if (form === composer) form.elements.text.focus({ preventScroll: true });
    else (first ?? conversation.lastElementChild)?.focus({ preventScroll: true });
  } catch (problem) {
    document.getElementById("waiting")?.remove();
    show(problem);
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

// A browser opens few streams to one server, so a page in the background has none.
let stream = null;

function listen() {
  if (document.hidden) {
    stream?.close();
    stream = null;
  } else if (!stream) {
    stream = new EventSource(`/events?seen=${conversation.dataset.number}`);
    stream.onmessage = async () => {
      const follows = isAtEnd();
      try {
        merge(await fetched("/conversation"));
        if (follows) conversation.lastElementChild?.scrollIntoView({ block: "nearest" });
      } catch {
        // The next event, or the next look at the page, asks again.
      }
    };
    // The browser connects again by itself, unless it was refused.
    stream.onerror = () => {
      if (stream?.readyState !== EventSource.CLOSED) return;
      stream = null;
      setTimeout(listen, TRY_AGAIN_MS);
    };
  }
}

document.addEventListener("visibilitychange", listen);
window.addEventListener("pagehide", () => { stream?.close(); stream = null; });
window.addEventListener("pageshow", listen);
composer.elements.text.placeholder = "Enter sends. Shift and Enter start a new line.";
if (!location.hash) document.getElementById("latest")?.scrollIntoView({ block: "start" });
listen();
