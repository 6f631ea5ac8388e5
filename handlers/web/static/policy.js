// The label of a clause copies its address. Without a script, or where the browser keeps the
// clipboard closed, it is a link as any other.

const copied = document.getElementById("copied");

document.querySelector(".policy").addEventListener("click", async (event) => {
  const label = event.target.closest("a.label");
  if (!label || !navigator.clipboard) return;
  const address = new URL(label.getAttribute("href"), location.href);
  address.search = "";
  try {
    await navigator.clipboard.writeText(address.href);
    copied.textContent = "The link is copied.";
    copied.classList.replace("hidden", "badge");
  } catch {
    copied.textContent = "";
  }
});
