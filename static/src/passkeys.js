// Says in words what went wrong with a passkey; the ceremony itself is django-allauth's.
const problem = document.getElementById("passkey-problem");

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const refused = event.detail.exception?.name === "NotAllowedError";
  problem.textContent = refused
    ? "The browser did not get a passkey: it was cancelled or took too long. Try again, or use another way."
    : "This browser cannot use a passkey here. Use another way.";
});

for (const hidden of document.querySelectorAll("[data-needs-script]")) hidden.hidden = false;
