/* What the framework cannot do: know how much room there is, speak Dutch in its own labels, mark the
   page you are on, show drawings, copy. */
(() => {
  "use strict";

  /* Charts are drawn by the server for the room that they get: less than 40rem is narrow. The sidebar
     stands beside the page from 48rem on. Zooming in changes these widths too. The server hears it in
     the cookie that comes with the connection, so a room that gets too small for what is drawn opens
     the page again; the address has all that was chosen. */
  const narrow = matchMedia("(max-width: 42.25em), (min-width: 48.0625em) and (max-width: 65em)");
  const tellRoom = () => {
    const room = narrow.matches ? "narrow" : "wide";
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `doelmonitor_room=${room}; path=/; SameSite=Lax${secure}`;
  };
  tellRoom();
  narrow.addEventListener("change", () => {
    tellRoom();
    if (narrow.matches && document.querySelector("[class*=st-key-wide-chart-]")) location.reload();
  });

  const DUTCH = {
    "Skip to main content": "Naar de inhoud",
    "Sidebar": "Zijbalk",
    "Collapse sidebar": "Zijbalk sluiten",
    "Expand sidebar": "Menu openen",
    "Open": "Openen",
    "Close": "Sluiten",
    "Dismiss": "Sluiten",
    "Clear value": "Keuze wissen",
    "Main menu": "Menu",
    "Link to heading": "Link naar deze kop",
    "No results": "Niets gevonden",
    "Fullscreen": "Volledig scherm",
    "Close fullscreen": "Volledig scherm sluiten",
    "Suggestions": "Mogelijkheden",
    "Connection error": "Geen verbinding",
    "Connecting": "Verbinden",
    "Running": "Bezig"
  };

  /* The button says "Menu" (page.css): its name has that word, for who says it aloud to choose it. */
  const ENGLISH = { "Expand sidebar": "Open menu" };

  const SPOKEN = [
    [/^1 option available\./, "1 keuze."],
    [/^(\d+) options available\./, "$1 keuzes."],
    [/, selected$/, ", gekozen"]
  ];

  const inDutch = () => document.documentElement.lang === "nl";

  const translate = (root) => {
    const ours = inDutch() ? DUTCH : ENGLISH;
    for (const name of ["aria-label", "title", "placeholder"]) {
      for (const element of root.querySelectorAll(`[${name}]`)) {
        const said = element.getAttribute(name);
        if (ours[said]) element.setAttribute(name, ours[said]);
      }
    }
    if (!inDutch()) return;
    const skip = document.querySelector("[data-testid=stSkipToContent]");
    if (skip && DUTCH[skip.textContent]) skip.textContent = DUTCH[skip.textContent];
    for (const empty of root.querySelectorAll("[role=listbox][data-empty] [role=option]")) {
      const words = DUTCH[empty.textContent];
      if (words) (empty.querySelector("span") ?? empty).textContent = words;
    }
  };

  /* What the lists say aloud when they open or change, before it is spoken. */
  const translateSpoken = () => {
    if (!inDutch()) return;
    for (const said of document.querySelectorAll("[data-live-announcer] [role=log] > *")) {
      const words = SPOKEN.reduce((text, [from, to]) => text.replace(from, to), said.textContent);
      if (words !== said.textContent) said.textContent = words;
    }
  };

  const markCurrentPage = () => {
    for (const link of document.querySelectorAll(".dm-pages a")) {
      const here = new URL(link.href, document.baseURI).pathname === location.pathname;
      if (here && link.getAttribute("aria-current") !== "page") {
        link.setAttribute("aria-current", "page");
      } else if (!here && link.hasAttribute("aria-current")) {
        link.removeAttribute("aria-current");
      }
    }
  };

  /* A screen reader does not notice that the page changed after a choice: it is told, once it has. */
  const RENEWED = { nl: "Bijgewerkt", en: "Updated" };
  const said = document.createElement("div");
  said.className = "dm-unseen";
  said.setAttribute("role", "status");
  document.body.append(said);
  let told = location.href;
  let left = null; // the title of the page that a link of ours leaves, until the next one begins

  /* A link that takes itself off the page leaves the keyboard nowhere: once it is gone, it goes on
     with the next, unless the visitor went elsewhere meanwhile. */
  const TAKEN_AWAY = ".dm-beside";
  let taken = null; // the name of the link
  const comeBack = () => {
    if (taken === null || document.activeElement !== document.body) return;
    const links = [...document.querySelectorAll(`${TAKEN_AWAY} a`)];
    if (links.some((link) => link.getAttribute("aria-label") === taken)) return;
    (links[0] ?? document.querySelector(".st-key-choice_vergelijk input"))?.focus();
  };
  document.addEventListener("focusin", () => { taken = null; });
  const tell = () => {
    const state = document.querySelector("[data-test-script-state]")?.dataset.testScriptState;
    if (state === "running" || document.title !== left) left = null;
    if (state !== "notRunning" || left !== null || location.href === told) return;
    told = location.href;
    said.textContent = `${RENEWED[document.documentElement.lang]}: ${document.title}`;
  };
  new MutationObserver(tell).observe(document.documentElement, {
    attributes: true, attributeFilter: ["data-test-script-state"], subtree: true
  });

  /* The framework takes drawings out of what it shows, and looks at every cell of a long table. Both
     come as text: a drawing is put in its place before the page is painted, what is folded when it is
     opened. They are our own, and no script in them would be allowed to run. */
  const putInPlace = () => {
    for (const place of document.querySelectorAll(".dm-later:empty")) {
      if (place.closest("details:not([open])")) continue;
      place.innerHTML = decodeURIComponent(place.dataset.later);
    }
  };
  document.addEventListener("toggle", putInPlace, true);

  let waiting = false;
  const tidy = () => {
    waiting = false;
    translate(document);
    markCurrentPage();
    comeBack();
  };

  new MutationObserver(() => {
    putInPlace();
    translateSpoken();
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(tidy);
  }).observe(document.documentElement, { childList: true, subtree: true });

  /* On a telephone the list of pages lies over the page: it closes once one was chosen, and the
     keyboard goes on from the button that opens it. */
  const small = matchMedia("(max-width: 48em)");
  const closePages = () => {
    document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
    const opener = "[data-testid=stExpandSidebarButton]";
    requestAnimationFrame(() => document.querySelector(opener)?.focus());
  };

  const goTo = (to) => {
    left = document.title;
    history.pushState({}, "", to);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };

  /* A link to another page of ours changes the address and lets the framework follow, which is many
     times faster than loading everything again. Another language loads again: the document has one. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".dm a[href], [data-testid=stHtml] a[href]");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const to = new URL(link.href, document.baseURI);
    if (to.origin !== location.origin || to.hash || link.hreflang) return;
    event.preventDefault();
    goTo(to);
    if (small.matches && link.closest("[data-testid=stSidebar]")) closePages();
    taken = link.closest(TAKEN_AWAY) ? link.getAttribute("aria-label") : null;
    if (taken === null) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  });

  /* A form of ours changes the address in the same way. */
  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".dm form, [data-testid=stHtml] form");
    if (!form) return;
    event.preventDefault();
    const to = new URL(form.action, document.baseURI);
    to.search = new URLSearchParams(new FormData(form));
    goTo(to);
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copied]");
    if (!button) return;
    const text = button.closest(".dm-copy").querySelector("p").innerText;
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.copied;
  });

  /* Where the server has no browser to draw with, the visitor's own saves the chart, on white. */
  const SVG = "http://www.w3.org/2000/svg";
  const EDGE = 24;

  /* Colours of a dark screen as those of a white sheet: "shown=printed;…" on the button. */
  const onWhite = (text, colours) => colours.split(";").filter(Boolean).reduce((done, pair) => {
    const [shown, printed] = pair.split("=");
    return done.replaceAll(shown, printed);
  }, text);

  const drawing = (plot, colours) => {
    const [first, ...above] = plot.querySelectorAll("svg.main-svg");
    const svg = first.cloneNode(true);
    for (const layer of above) svg.append(...layer.cloneNode(true).childNodes);
    const invisible = ".hoverlayer, .draglayer, .zoomlayer, .modebar-container";
    for (const element of svg.querySelectorAll(invisible)) element.remove();
    const shown = first.getBoundingClientRect();
    const [width, height] = [shown.width + 2 * EDGE, shown.height + 2 * EDGE];
    const ground = document.createElementNS(SVG, "rect");
    ground.setAttribute("x", -EDGE);
    ground.setAttribute("y", -EDGE);
    ground.setAttribute("width", width);
    ground.setAttribute("height", height);
    ground.setAttribute("fill", getComputedStyle(first).backgroundColor);
    const words = document.createElementNS(SVG, "desc");
    words.textContent = plot.closest("[aria-label]")?.getAttribute("aria-label") ?? "";
    svg.prepend(words, ground);
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    svg.setAttribute("viewBox", `${-EDGE} ${-EDGE} ${width} ${height}`);
    const text = onWhite(new XMLSerializer().serializeToString(svg), colours);
    return { width, height, text: text.replaceAll(document.baseURI.split("#")[0] + "#", "#") };
  };

  const picture = ({ width, height, text }) => new Promise((done, failed) => {
    const image = new Image();
    image.onerror = failed;
    image.onload = () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [2 * width, 2 * height];
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(done, "image/png");
    };
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-save]");
    if (!button) return;
    const plot = button.closest("[class*='-chart-']")?.querySelector(".js-plotly-plot");
    if (!plot) return;
    const drawn = drawing(plot, button.dataset.colours ?? "");
    const file = button.dataset.save === "png"
      ? await picture(drawn)
      : new Blob([drawn.text], { type: "image/svg+xml" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = button.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  });
})();
