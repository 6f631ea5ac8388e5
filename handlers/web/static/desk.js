// Tells what colleagues do meanwhile, and inserts texts at the cursor. Without this script every
// form works.

const live = document.getElementById("live");
const ref = live.dataset.ref ?? "";
let since = live.dataset.since;

// A button that inserts a text also works as a form; here the text goes to the cursor.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  const box = document.getElementById("text");
  if (!button || !box) return;
  event.preventDefault();
  const before = box.value.slice(0, box.selectionStart);
  const gap = before === "" || before.endsWith("\n") ? "" : "\n";
  box.setRangeText(`${gap}${button.dataset.insert}\n`, box.selectionStart, box.selectionEnd, "end");
  const tick = button.closest(".choice").querySelector("input");
  if (tick) tick.checked = true;
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
});

async function current() {
  const response = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(String(response.status));
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function replace(page, ids) {
  for (const id of ids) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (old && fresh) old.replaceWith(fresh);
  }
}

// What somebody has written or picked stays, whatever changes around it.
function written(place) {
  const fields = [...document.querySelectorAll(`${place} textarea, ${place} input:not([type=hidden])`)];
  return fields.map((field) => ({
    form: field.form.getAttribute("action"),
    name: field.name,
    value: field.value,
    checked: field.checked,
    changed: field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue,
  }));
}

function writeAgain(place, kept) {
  for (const { form, name, value, checked, changed } of kept.filter((each) => each.changed)) {
    const fields = document.querySelectorAll(`${place} [name="${name}"]`);
    for (const field of fields) {
      if (field.form.getAttribute("action") !== form) continue;
      if (field.type !== "checkbox") field.value = value;
      else if (field.value === value) field.checked = checked;
    }
  }
}

async function update() {
  const page = await current();
  const kept = written("#work");
  replace(page, ["told", "state", "history", "work"]);
  writeAgain("#work", kept);
  live.replaceChildren();
  document.getElementById("text")?.focus({ preventScroll: true });
}

async function updateQueue() {
  const page = await current();
  const kept = written("#fresh");
  replace(page, ["fresh"]);
  writeAgain("#fresh", kept);
}

function tell(text, label, act) {
  const line = document.createElement("p");
  line.textContent = text;
  live.replaceChildren(line);
  if (!label) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary small";
  button.textContent = label;
  button.addEventListener("click", act);
  live.append(button);
}

// Several events at once cause one request.
const TOGETHER_MS = 300;
let waiting = false;

async function heard(event) {
  if (ref) {
    const show = () => update().catch(() => location.reload());
    if (event.ref === ref) tell(`${event.text} just now.`, "Show the updated case", show);
    return;
  }
  tell(`${event.ref}: ${event.text} just now.`);
  if (!document.getElementById("fresh") || waiting) return;
  waiting = true;
  await new Promise((resolve) => setTimeout(resolve, TOGETHER_MS));
  waiting = false;
  await updateQueue();
}

// A browser opens few streams to one server, so a page in the background has none.
let stream = null;

function listen() {
  if (document.hidden) {
    stream?.close();
    stream = null;
  } else if (!stream) {
    stream = new EventSource(`/desk/events?since=${since}`);
    stream.onmessage = (message) => {
      since = message.lastEventId;
      heard(JSON.parse(message.data)).catch(() => {});
    };
    // The browser connects again by itself, unless it was refused: then the sign-in has to be
    // confirmed, which loading the page does.
    stream.onerror = () => {
      if (stream?.readyState !== EventSource.CLOSED) return;
      tell("This page is no longer updated.", "Load it again", () => location.reload());
    };
  }
}

document.addEventListener("visibilitychange", listen);
window.addEventListener("pagehide", () => { stream?.close(); stream = null; });
window.addEventListener("pageshow", listen);
listen();

// An answer that is written stays in this tab until it is sent, also where another form of the
// page is sent first, or another case is looked at.
const answer = document.querySelector("form[data-draft]");

if (answer) {
  const key = `answer to ${answer.dataset.draft}`;
  const box = answer.elements.namedItem("text");
  const stored = sessionStorage.getItem(key);
  if (stored && box.value === "") box.value = stored;
  document.addEventListener("input", (event) => {
    if (event.target.id === "text") sessionStorage.setItem(key, event.target.value);
  });
  document.addEventListener("submit", (event) => {
    const sends = event.submitter?.formAction ?? event.target.action;
    if (event.target.id === "answer" && /\/(answer|correct)(\?|$)/.test(sends)) sessionStorage.removeItem(key);
  });
}

// Counts down until an answer has left and can no longer be undone.
for (const undo of document.querySelectorAll("form[data-seconds]")) {
  const until = Date.now() + Number(undo.dataset.seconds) * 1000;
  const ticking = setInterval(() => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left > 0) undo.querySelector(".left").textContent = String(left);
    else {
      undo.remove();
      clearInterval(ticking);
    }
  }, 250);
}

// One tick for all cases of the list.
const all = document.getElementById("choose-all");
if (all) all.closest(".row").hidden = false;
document.addEventListener("change", (event) => {
  if (event.target.id !== "choose-all") return;
  for (const box of document.querySelectorAll("#fresh [name=case]")) box.checked = event.target.checked;
});
