// The device's own list: its cards are asked of the server by their slugs, in the order in which they were starred.

const place = document.querySelector("[data-own-list]");

function stars() {
  try {
    const slugs = JSON.parse(localStorage.getItem("uphill-stars") ?? "[]");
    return Array.isArray(slugs) ? slugs.slice(0, Number(place.dataset.most)) : [];
  } catch {
    return [];
  }
}

function addressOf(slugs) {
  const url = new URL(place.dataset.address, document.baseURI);
  url.search = new URLSearchParams(slugs.map((slug) => ["resort", slug]));
  return url.href;
}

async function show() {
  const slugs = stars();
  if (!slugs.length) return;
  place.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(addressOf(slugs));
    if (!response.ok) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    place.replaceChildren(...page.querySelector("#starred").childNodes);
    for (const element of place.querySelectorAll("[data-star-all]")) element.remove(); // they are
    document.dispatchEvent(new CustomEvent("starred:shown"));
  } catch {
    place.querySelector("[data-empty]").hidden = true;
    place.querySelector("[data-unreached]").hidden = false;
  } finally {
    place.removeAttribute("aria-busy");
  }
}

// What is shared is what is starred now, though the card of one that was taken out stays until the next look.
document.addEventListener("stars:changed", (event) => {
  const button = place?.querySelector("[data-share]");
  if (button) button.dataset.share = addressOf(event.detail);
});

// No more than can be compared can be chosen.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form?.matches(".starred-compare")) return;
  const boxes = [...form.elements].filter((one) => one.name === "resort");
  const full = boxes.filter((box) => box.checked).length >= Number(form.dataset.most);
  for (const box of boxes) box.disabled = full && !box.checked;
});

// What is starred in another tab.
window.addEventListener("storage", (event) => { if (place && event.key === "uphill-stars") show(); });

if (place) show();
