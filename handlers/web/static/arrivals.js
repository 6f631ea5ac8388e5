// Says that comms answered while the page was open: hours may have passed. A page that nobody looks
// at says so in its title, and a page that is read further up says so above the question field.

const conversation = document.getElementById("conversation");
const dock = document.querySelector(".dock");
const arrived = document.getElementById("arrived");
const notify = document.getElementById("notify");
const status = document.getElementById("status");
const title = document.title;
const ANSWERED = "The communications team has answered.";
const NOTIFYING = "This browser will tell you when an answer comes, as long as this page is open.";
const NOT_NOTIFYING = "This browser does not allow notifications from this page.";
const FROM_COMMS = ".answer, .corrected, .closed";

let unseen = 0;

function tell(answers) {
  const away = document.hidden || !document.hasFocus();
  if (away) {
    unseen += answers.length;
    document.title = `(${unseen}) ${title}`;
  }
  if (!away && isInView(answers[0])) return;
  arrived.firstElementChild.textContent = ANSWERED;
  arrived.dataset.entry = answers[0].id;
  arrived.hidden = false;
  if (document.hidden) sendNotification();
}

function sendNotification() {
  if (window.Notification?.permission !== "granted") return;
  try {
    const notification = new Notification(ANSWERED, { tag: "answer" });
    notification.onclick = () => { window.focus(); notification.close(); };
  } catch {
    // As below: the page's title and the bar say it.
  }
}

// A browser on Android has notifications but lets no page make one. Before the permission is given,
// the others make one and show nothing.
function canNotify() {
  if (window.Notification?.permission !== "default") return false;
  try {
    new Notification("");
    return true;
  } catch {
    return false;
  }
}

function isInView(entry) {
  const { top } = entry.getBoundingClientRect();
  return top >= 0 && top < window.innerHeight - dock.offsetHeight;
}

function seen() {
  if (document.hidden) return;
  unseen = 0;
  document.title = title;
}

function offerNotifications() {
  const waits = conversation.querySelector("[data-pending]");
  notify.hidden = !waits || !canNotify();
}

// chat.js sends this whenever it has merged a page, with the new entries, and scrolls after that.
document.addEventListener("conversation", (event) => {
  offerNotifications();
  const answers = event.detail.filter((entry) => entry.matches(FROM_COMMS));
  if (answers.length) setTimeout(() => tell(answers));
});

arrived.querySelector("button").addEventListener("click", () => {
  const entry = document.getElementById(arrived.dataset.entry);
  arrived.hidden = true;
  entry?.scrollIntoView({ block: "start" });
  entry?.focus({ preventScroll: true });
});

notify.addEventListener("click", async () => {
  const given = await Notification.requestPermission();
  notify.hidden = true;
  status.textContent = given === "granted" ? NOTIFYING : NOT_NOTIFYING;
});

document.addEventListener("visibilitychange", seen);
window.addEventListener("focus", seen);
offerNotifications();
