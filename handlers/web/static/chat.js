// Sends the chat's forms without leaving the page, and shows what arrives meanwhile.
// Without this script the same forms work as any form does.

const conversation = document.getElementById("conversation");
const composer = document.getElementById("ask");
const dock = document.querySelector(".dock");
const status = document.getElementById("status");
const error = document.getElementById("error");
const question = composer.elements.text;
const UNREACHABLE = "The bot cannot be reached. Your text is still here: send it again.";
const LOOKING = "Looking this up…";
const HEADERS = { "X-Requested-With": "fetch", Accept: "text/html, application/json" };
const TRY_AGAIN_MS = 30_000;
const LOOK_MS = 30_000;

// The id of the last entry before the question that is being sent.
let sending = null;

// Shows the conversation of a fetched page and returns its new entries. An older page than the one
// shown changes nothing.
function merge(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.getElementById("conversation");
  if (!fresh) throw new Error(UNREACHABLE);
  if (Number(fresh.dataset.number) < Number(conversation.dataset.number)) return [];
  const kept = new Map([...conversation.children].map((entry) => [entry.id, entry]));
  const added = [];
  for (const entry of [...fresh.children]) {
    const old = kept.get(entry.id);
    kept.delete(entry.id);
    if (!old) {
      conversation.append(entry);
      added.push(entry);
    } else if (old.dataset.state !== entry.dataset.state && !isTypedIn(old)) {
      if (!keepWritten(old, entry)) continue;
      keepOpen(old, entry);
      old.replaceWith(entry);
    }
  }
  keepWaiting(kept, added);
  for (const gone of kept.values()) gone.remove();
  conversation.dataset.number = fresh.dataset.number;
  composer.elements.token.value = fresh.dataset.token;
  if (conversation.children.length) document.querySelector(".examples")?.remove();
  document.dispatchEvent(new CustomEvent("conversation", { detail: added }));
  return added;
}

// The question that is being sent stays until a page has it.
function keepWaiting(kept, added) {
  const waiting = kept.get("waiting");
  if (!waiting || added.some((entry) => entry.matches(".asked"))) return;
  kept.delete("waiting");
  conversation.append(waiting);
}

// A clause that somebody reads stays open.
function keepOpen(old, entry) {
  const clauses = entry.querySelectorAll(".clause");
  old.querySelectorAll(".clause").forEach((clause, place) => clauses[place]?.replaceWith(clause));
}

// What somebody is typing must not vanish.
function isTypedIn(entry) {
  const field = document.activeElement;
  return entry.contains(field) && field.matches("textarea, input") && field.value !== "";
}

// What somebody wrote before they went elsewhere moves to the new entry. Where that has no such
// field, the old entry stays.
function keepWritten(old, entry) {
  const fields = [...old.querySelectorAll("textarea, input:not([type=hidden])")];
  const written = fields.filter((field) => field.value !== field.defaultValue);
  const places = written.map((field) => entry.querySelector(`#${CSS.escape(field.id)}`));
  if (places.includes(null)) return false;
  places.forEach((place, number) => {
    place.value = written[number].value;
    place.closest("details")?.setAttribute("open", "");
  });
  return true;
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
  const said = document.createElement("p");
  said.className = "said";
  said.textContent = text;
  entry.append(said);
  conversation.append(entry);
}

// From the first entry that was not there before, whatever showed it.
function showNewest(before) {
  const known = before && document.getElementById(before);
  let first = known ? known.nextElementSibling : conversation.firstElementChild;
  if (first?.matches(".day")) first = first.nextElementSibling;
  first?.scrollIntoView({ block: "start" });
  return first;
}

function isAtEnd() {
  return window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 80;
}

async function send(form, button) {
  const fields = new URLSearchParams(new FormData(form, button));
  const action = button?.getAttribute("formaction") ?? form.getAttribute("action");
  const before = conversation.lastElementChild?.id ?? "";
  const text = action === "/ask" ? fields.get("text").trim() : "";
  error.hidden = true;
  status.textContent = LOOKING;
  status.classList.add("working");
  form.inert = true;
  sending = { before };
  if (fields.has("role")) composer.elements.role.value = fields.get("role");
  if (form === composer) question.value = "";
  fit();
  if (text) showQuestion(text);
  status.scrollIntoView({ block: "end" });
  try {
    const html = await fetched(action, { method: "POST", body: fields });
    form.inert = false;
    if (form !== composer) form.reset();
    // An inert form has lost the focus. What somebody has gone on to meanwhile keeps it.
    const elsewhere = document.activeElement !== document.body && !form.contains(document.activeElement);
    if (!elsewhere) document.activeElement.blur();
    merge(html);
    document.getElementById("waiting")?.remove();
    done();
    const first = showNewest(before) ?? conversation.lastElementChild;
    if (!elsewhere) (form === composer ? question : first)?.focus({ preventScroll: true });
  } catch (problem) {
    document.getElementById("waiting")?.remove();
    if (form === composer && !question.value) question.value = text;
    fit();
    show(problem);
  } finally {
    sending = null;
    form.inert = false;
    done();
  }
}

function done() {
  status.textContent = "";
  status.classList.remove("working");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-live]") || event.submitter?.matches("[data-leaves]")) return;
  event.preventDefault();
  if (!form.inert) send(form, event.submitter);
});

// A keyboard on the screen has its own key for a new line and no Shift.
const hasKeyboard = !window.matchMedia("(pointer: coarse)").matches;

question.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !hasKeyboard) return;
  event.preventDefault();
  composer.requestSubmit();
});

// The field grows with what is written, also in a browser without `field-sizing`.
function fit() {
  if (CSS.supports("field-sizing", "content")) return;
  question.style.height = "auto";
  question.style.height = `${question.scrollHeight + 2}px`;
}

question.addEventListener("input", fit);

// An entry that is scrolled to stops above the dock, however high it is.
new ResizeObserver(() => {
  document.documentElement.style.setProperty("--dock", `${dock.offsetHeight}px`);
}).observe(dock);

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

async function update() {
  const follows = isAtEnd();
  const last = conversation.lastElementChild?.id;
  const html = await fetched(`/conversation?seen=${conversation.dataset.number}`);
  if (!html) return;
  const added = merge(html);
  if (sending) showNewest(sending.before);
  else if (follows && added.length) showNewest(last);
}

// A browser opens few streams to one server, so a page in the background has none and looks now
// and then. The next event, or the next look, makes up for one that failed.
let stream = null;
let looking = null;

function listen() {
  clearInterval(looking);
  if (document.hidden) {
    stream?.close();
    stream = null;
    looking = setInterval(() => update().catch(() => {}), LOOK_MS);
  } else if (!stream) {
    stream = new EventSource(`/events?seen=${conversation.dataset.number}`);
    stream.onmessage = () => update().catch(() => {});
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
if (hasKeyboard && window.innerWidth > 640) question.placeholder = "Ask in your own words. Enter sends.";
if (!location.hash) document.getElementById("latest")?.scrollIntoView({ block: "start" });
listen();
