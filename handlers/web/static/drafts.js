// An answer that is written stays in this tab until the desk has it: also where another form of the
// page is sent first, where another case is looked at, and where sending it fails.

const KEY = "answer to ";
const form = document.querySelector("form[data-draft]");

// The text is kept with the one that the box began with: it belongs to the case as it was then.
function keep(box) {
  const key = KEY + box.form.dataset.draft;
  const from = box.dataset.begins.trim();
  if (box.value.trim() === from) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify({ from, text: box.value }));
}

function stored(box) {
  const key = KEY + box.form.dataset.draft;
  const found = JSON.parse(sessionStorage.getItem(key));
  if (!found) return null;
  const from = box.dataset.begins.trim();
  const sent = document.getElementById("sent") && found.from !== from;
  if (!sent && found.text.trim() !== from) return found;
  sessionStorage.removeItem(key);
  return null;
}

function offer(box, text) {
  const line = document.getElementById("unsent");
  line.hidden = false;
  line.querySelector("button").addEventListener("click", () => {
    box.value = text;
    line.hidden = true;
    keep(box);
    box.focus();
  });
}

function restore(box) {
  const draft = stored(box);
  const from = box.dataset.begins.trim();
  if (box.value.trim() !== from) keep(box);
  else if (draft?.from === from) box.value = draft.text;
  else if (draft && draft.text.trim()) offer(box, draft.text);
}

// Drafts of another session may be those of another person who used this browser.
function forgetOtherSessions(session) {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(KEY) && !key.endsWith(` ${session}`)) sessionStorage.removeItem(key);
  }
}

if (form) {
  forgetOtherSessions(form.dataset.draft.split(" ")[1]);
  restore(document.getElementById("text"));
}
document.addEventListener("input", (event) => {
  if (event.target.matches("form[data-draft] #text")) keep(event.target);
});
