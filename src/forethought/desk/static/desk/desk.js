// What the desk's pages do beyond plain forms: lock when nobody is there, and copy a text.
(() => {
  const idle = Number(document.body.dataset.idle) * 1000;
  const lock = document.getElementById("lock");
  const kept = "forethought-last"; // shared by every page of the desk, so that one left open does not lock another
  const last = () => Number(localStorage.getItem(kept) || 0);
  let told = Date.now();
  const touch = () => {
    localStorage.setItem(kept, Date.now());
    if (Date.now() - told > 20000) {
      told = Date.now();
      fetch("/awake/");
    }
  };
  touch();
  if (lock && idle) {
    for (const kind of ["keydown", "pointerdown", "scroll"]) {
      document.addEventListener(kind, touch, { passive: true });
    }
    setInterval(() => { if (Date.now() - last() >= idle) lock.submit(); }, 2000);
  }
  const offer = () => document.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = "Copied";
  });
  document.addEventListener("htmx:afterSwap", offer);
  // A text that was typed on is no longer the one that the answer is about.
  document.addEventListener("input", (event) => {
    if (event.target.closest("#draft")) document.getElementById("findings").setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterSettle", () => document.getElementById("findings")?.removeAttribute("aria-busy"));
  offer();
})();
