/* What the framework cannot do: speak Dutch in its own labels, mark the page you are on, copy. */
(() => {
  "use strict";

  const DUTCH = {
    "Skip to main content": "Naar de inhoud",
    "Sidebar": "Zijbalk",
    "Collapse sidebar": "Zijbalk sluiten",
    "Expand sidebar": "Zijbalk openen",
    "Open": "Openen",
    "Close": "Sluiten",
    "Clear value": "Keuze wissen",
    "Clear all": "Alles wissen",
    "Main menu": "Menu",
    "Link to heading": "Link naar deze kop",
    "No results": "Niets gevonden",
    "Fullscreen": "Volledig scherm",
    "Close fullscreen": "Volledig scherm sluiten",
    "Select all": "Alles kiezen",
    "Suggestions": "Mogelijkheden",
    "Connection error": "Geen verbinding",
    "Connecting": "Verbinden",
    "Running": "Bezig"
  };

  const inDutch = () => document.documentElement.lang === "nl";

  const translate = (root) => {
    if (!inDutch()) return;
    for (const name of ["aria-label", "title", "placeholder"]) {
      for (const element of root.querySelectorAll(`[${name}]`)) {
        const words = DUTCH[element.getAttribute(name)];
        if (words) element.setAttribute(name, words);
      }
    }
    const skip = document.querySelector("[data-testid=stSkipToContent]");
    if (skip && DUTCH[skip.textContent]) skip.textContent = DUTCH[skip.textContent];
    for (const empty of root.querySelectorAll("[role=listbox] [role=option]:only-child")) {
      if (DUTCH[empty.textContent]) empty.textContent = DUTCH[empty.textContent];
    }
  };

  const markCurrentPage = () => {
    for (const link of document.querySelectorAll(".st-key-pages a")) {
      // the framework writes the first page's address relative to the page one happens to be on
      const written = link.getAttribute("href");
      if (written.startsWith("?")) link.setAttribute("href", `/${written}`);
      const here = new URL(link.href, document.baseURI).pathname === location.pathname;
      if (here && link.getAttribute("aria-current") !== "page") {
        link.setAttribute("aria-current", "page");
      } else if (!here && link.hasAttribute("aria-current")) {
        link.removeAttribute("aria-current");
      }
    }
  };

  let waiting = false;
  const tidy = () => {
    waiting = false;
    translate(document);
    markCurrentPage();
  };

  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(tidy);
  }).observe(document.documentElement, { childList: true, subtree: true });

  /* A link to another page of ours changes the address and lets the framework follow, which is many
     times faster than loading everything again. Another language loads again: the document has one. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".dm a[href], [data-testid=stHtml] a[href]");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const to = new URL(link.href, document.baseURI);
    if (to.origin !== location.origin || to.hash || link.hreflang) return;
    event.preventDefault();
    history.pushState({}, "", to);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  });

  /* A form of ours changes the address in the same way. */
  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".dm form, [data-testid=stHtml] form");
    if (!form) return;
    event.preventDefault();
    const to = new URL(form.action, document.baseURI);
    to.search = new URLSearchParams(new FormData(form));
    history.pushState({}, "", to);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copied]");
    if (!button) return;
    const text = button.closest(".dm-copy").querySelector("p").innerText;
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.copied;
  });
})();
