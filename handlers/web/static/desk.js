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

// The address of a case also where the page came as the answer to a form.
const address = `${ref ? `/desk/cases/${ref}` : location.pathname}${location.search}`;
if (ref) history.replaceState(null, "", address + location.hash);

async function current() {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(String(response.status));
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function replace(page, ids) {
  for (const id of ids) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (old && fresh) old.replaceWith(fresh);
  }
}

// Whether somebody has written or picked it. What came back with the page counts too: `refilled` are
// the names of the fields that were sent. A box without a tick is not sent, so the text stands for it.
function isChanged(field, refilled) {
  if (field.type === "checkbox") return refilled.includes("text") || field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((each) => each.selected && !each.defaultSelected);
  if (field.dataset.begins !== undefined) return field.value !== field.dataset.begins;
  return refilled.includes(field.name) || field.value !== field.defaultValue;
}

// What somebody has written or picked stays, whatever changes around it.
function written(place) {
  const fields = document.querySelectorAll(`${place} :is(textarea, select, input:not([type=hidden]))`);
  const refilled = (document.querySelector(place).dataset.refilled ?? "").split(" ");
  return [...fields]
    .filter((field) => isChanged(field, refilled))
    .map(({ id, value, checked }) => ({ id, value, checked }));
}

// A box for another version of a case stays without a tick.
function writeAgain(kept) {
  for (const { id, value, checked } of kept) {
    const field = document.getElementById(id);
    if (field?.type === "checkbox") field.checked = field.value === value ? checked : field.checked;
    else if (field && (!field.options || [...field.options].some((each) => each.value === value))) field.value = value;
  }
}

async function update() {
  const page = await current();
  const kept = written("#work");
  replace(page, ["told", "state", "history", "work"]);
  writeAgain(kept);
  live.replaceChildren();
  const box = document.getElementById("text");
  box?.dispatchEvent(new Event("input", { bubbles: true }));
  box?.focus({ preventScroll: true });
}

async function updateQueue() {
  const page = await current();
  const kept = written("#fresh");
  const focused = document.activeElement?.closest("#fresh [id]")?.id;
  replace(page, ["fresh"]);
  writeAgain(kept);
  showChooseAll();
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
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
    const show = () => update().catch(() => location.assign(address));
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

// One tick for all cases of the list, as far as they can be sent at once.
function chooseAll() {
  const all = document.getElementById("choose-all");
  const boxes = [...document.querySelectorAll("#fresh [name=case]")];
  return { all, boxes: boxes.slice(0, Number(all?.dataset.most)) };
}

function showChooseAll() {
  const { all, boxes } = chooseAll();
  if (!all) return;
  all.closest(".row").hidden = false;
  all.checked = boxes.every((box) => box.checked);
}

showChooseAll();
document.addEventListener("change", (event) => {
  const { all, boxes } = chooseAll();
  if (event.target !== all) return;
  for (const box of boxes) box.checked = all.checked;
});
