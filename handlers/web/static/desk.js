// Tells what colleagues do meanwhile, and inserts quotes. Without this script every form works.

const live = document.getElementById("live");
const ref = live.dataset.ref ?? "";
let since = live.dataset.since;

for (const button of document.querySelectorAll("[data-insert]")) button.hidden = false;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  const box = document.getElementById("text");
  const before = box.value.slice(0, box.selectionStart);
  const gap = before === "" || before.endsWith("\n") ? "" : "\n";
  box.setRangeText(`${gap}${button.dataset.insert}\n`, box.selectionStart, box.selectionEnd, "end");
  button.closest(".choice").querySelector("input").checked = true;
  box.focus();
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
function written() {
  const fields = [...document.querySelectorAll("#work textarea, #work input:not([type=hidden])")];
  return fields.map((field) => ({
    form: field.form.getAttribute("action"),
    name: field.name,
    value: field.value,
    checked: field.checked,
    changed: field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue,
  }));
}

function writeAgain(kept) {
  for (const { form, name, value, checked, changed } of kept.filter((each) => each.changed)) {
    const fields = document.querySelectorAll(`#work form[action="${form}"] [name="${name}"]`);
    for (const field of fields) {
      if (field.type !== "checkbox") field.value = value;
      else if (field.value === value) field.checked = checked;
    }
  }
}

async function update() {
  const page = await current();
  const kept = written();
  replace(page, ["state", "history", "work"]);
  writeAgain(kept);
  for (const button of document.querySelectorAll("[data-insert]")) button.hidden = false;
  live.replaceChildren();
  document.getElementById("text")?.focus({ preventScroll: true });
}

function tell(text, label, act) {
  const line = document.createElement("p");
  line.textContent = text;
  live.replaceChildren(line);
  if (!label) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second small";
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
  replace(await current(), ["fresh"]);
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
