// The label of a clause copies its address. Without a script, or where the browser does not allow
// it, the label is an ordinary link.

const copied = document.getElementById("copied");
const print = document.getElementById("print");
const SHOWN_MS = 4000;
let hiding = 0;

print.hidden = false;
print.addEventListener("click", () => window.print());

document.querySelector(".policy").addEventListener("click", async (event) => {
  const label = event.target.closest("a.label");
  if (!label || !navigator.clipboard) return;
  const address = new URL(label.getAttribute("href"), location.href);
  address.search = "";
  try {
    await navigator.clipboard.writeText(address.href);
    copied.textContent = "Link copied.";
    copied.classList.remove("hidden");
    clearTimeout(hiding);
    hiding = setTimeout(() => copied.classList.add("hidden"), SHOWN_MS);
  } catch {
    copied.textContent = "";
  }
});
