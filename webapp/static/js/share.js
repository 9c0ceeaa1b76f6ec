// The address of a list or a comparison, handed to the device's own way of sharing, else to its clipboard.

async function share(button) {
  const url = new URL(button.dataset.share, document.baseURI).href;
  if (navigator.share) {
    try {
      await navigator.share({ title: button.dataset.title, url });
      return "";
    } catch (error) {
      if (error.name === "AbortError") return ""; // the reader thought better of it
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    return button.dataset.copied;
  } catch {
    return button.dataset.failed;
  }
}

function shown(root) {
  for (const button of root.querySelectorAll("[data-share]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-share]");
  if (!button) return;
  const said = button.parentElement.querySelector(".share-said");
  said.textContent = "";
  said.textContent = await share(button);
});
document.addEventListener("starred:shown", () => shown(document));
shown(document);
