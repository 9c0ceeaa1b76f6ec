// A link to a fact opens what it is believed by.
function openTarget() {
  const fact = location.hash.startsWith("#fact-") ? document.getElementById(location.hash.slice(1)) : null;
  const proof = fact?.querySelector("details");
  if (proof) {
    proof.open = true;
    fact.scrollIntoView();
  }
}

addEventListener("hashchange", openTarget);
openTarget();
