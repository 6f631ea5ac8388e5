// The label of a clause copies its address. Without a script, or where the browser does not allow
// it, the label is an ordinary link.

const copied = document.getElementById("copied");

document.querySelector(".policy").addEventListener("click", async (event) => {
  const label = event.target.closest("a.label");
  if (!label || !navigator.clipboard) return;
  const address = new URL(label.getAttribute("href"), location.href);
  address.search = "";
  try {
    await navigator.clipboard.writeText(address.href);
    copied.textContent = "Link copied.";
    copied.classList.replace("hidden", "badge");
  } catch {
    copied.textContent = "";
  }
});
