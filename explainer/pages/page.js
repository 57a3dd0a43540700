// What every page does before it is painted: the reader's theme and language, as on the stage.
(function () {
  "use strict";
  const root = document.documentElement;
  const themes = ["auto", "light", "dark"];
  const signs = { auto: "◐", light: "☀", dark: "☾" };

  // Storage may be forbidden: then a choice lasts as long as its page.
  const recall = (key) => {
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const keep = (key, value) => {
    try { localStorage.setItem(key, value); } catch { /* forbidden */ }
  };

  // An address that names a theme or a language is obeyed; a static page keeps its state behind the #.
  const address = new URL(location.href);
  const asks = (key) => address.searchParams.get(key) ?? new URLSearchParams(address.hash.slice(1)).get(key);

  let theme = themes.includes(asks("theme")) ? asks("theme") : recall("explainer-theme");
  const setTheme = (choice) => {
    theme = themes.includes(choice) ? choice : "auto";
    if (theme === "auto") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", theme);
    const button = document.getElementById("theme");
    if (!button) return;
    const { label, [theme]: name } = button.dataset;
    button.textContent = signs[theme];
    button.title = `${label}: ${name}`;
    button.setAttribute("aria-label", button.title);
    button.hidden = false;
  };
  setTheme(theme);

  // What somebody chooses is no longer what the address says.
  const choose = (choice) => {
    setTheme(choice);
    const url = new URL(location.href);
    for (const part of ["search", "hash"]) {
      const params = new URLSearchParams(url[part].slice(1));
      if (!params.has("theme")) continue;
      params.delete("theme");
      url[part] = params.toString();
    }
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  };

  // The server cannot see what was chosen on an earlier visit.
  const chosen = recall("explainer-lang");
  const asked = asks("lang");
  addEventListener("DOMContentLoaded", () => {
    setTheme(theme);
    follow(asked || chosen);
    const link = document.querySelector(`[data-language="${chosen === "zh" ? "zh" : "en"}"]`);
    if (chosen && link && !asked && !link.hasAttribute("aria-current")) {
      location.replace(link.href);
    }
  });
  addEventListener("storage", (event) => {
    if (event.key === "explainer-theme") setTheme(event.newValue);
  });
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target && target.closest("[data-language]");
    if (link) keep("explainer-lang", link.dataset.language);
    if (target && target.closest("#theme")) {
      choose(themes[(themes.indexOf(theme) + 1) % themes.length]);
      keep("explainer-theme", theme);
    }
  });

  // A lesson of an author's own is looked after: when a file is saved, its page is a new one.
  addEventListener("DOMContentLoaded", () => {
    const meta = document.querySelector("meta[name=version]");
    if (!meta) return;
    setInterval(async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(meta.dataset.href, { cache: "no-store" });
        const version = (await answer.text()).trim();
        // a word, or somebody else has answered
        if (answer.ok && /^[\w-]{1,60}$/.test(version) && version !== meta.content) location.reload();
      } catch { /* the server is away, and may come back */ }
    }, 1000);
  });

  // The glossary: what has the words that are typed stays, in any language or symbol.
  addEventListener("DOMContentLoaded", () => {
    const field = document.getElementById("find");
    if (!field) return;
    const status = document.querySelector(".find [role=status]");
    field.closest(".find").hidden = false;
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/);
      const fits = ({ textContent }) => words.every((word) => textContent.toLowerCase().includes(word));
      for (const section of document.querySelectorAll(".terms")) {
        for (const term of section.querySelectorAll("div")) term.hidden = !fits(term);
        section.hidden = !section.querySelector("div:not([hidden])");
      }
      status.textContent = document.querySelector(".terms:not([hidden])") ? "" : status.dataset.none;
    });
  });

  // On a lesson's page the stage says what changed; the page's own language follows.
  const follow = (language) => {
    const titles = document.getElementById("titles");
    const title = titles && JSON.parse(titles.textContent)[language];
    if (!title) return;
    document.title = title;
    root.lang = language === "zh" ? "zh-Hans" : language;
  };
  customElements.whenDefined("explainer-lesson").then(() => {
    document.querySelector(".loading")?.remove();
  });
  document.addEventListener("language", (event) => follow(event.detail.language));
  document.addEventListener("theme", (event) => choose(event.detail.theme));
})();
