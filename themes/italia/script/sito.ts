// What every page binds. Each module is pure functions and one that binds; the
// page works without any of it.
import { bindSmall } from "../componenti/atlante/piccola.ts";
import { bindCopy } from "../componenti/copia/copia.ts";
import { bindSearch } from "../componenti/ricerca/ricerca.ts";
import { bindTable } from "../componenti/tabella/tabella.ts";
import { bindMenu } from "../componenti/testata/menu.ts";

if (globalThis.document) { // there is none in the tests
  const say = document.body.dataset; // the words, in the page's language
  document.querySelectorAll<HTMLDetailsElement>("details[data-menu]").forEach(bindMenu);
  document.querySelectorAll<HTMLFormElement>("form[data-ricerca]").forEach(bindSearch);
  document.querySelectorAll<HTMLTableElement>("table:has(th[data-sort])").forEach((t) => bindTable(t, say));
  document.querySelectorAll<HTMLElement>("figure[data-mappa]").forEach(bindSmall);
  document.querySelectorAll<HTMLElement>("[data-copy]").forEach((e) => bindCopy(e, say));
}

// What the tools of the map use too.
export { read } from "../componenti/ricerca/elenco.ts";
export { most } from "../componenti/ricerca/ricerca.ts";
export { bindChoices } from "../componenti/ricerca/scelta.ts";
export { find } from "../componenti/ricerca/trova.ts";
export { next, order } from "../componenti/tabella/ordina.ts";
