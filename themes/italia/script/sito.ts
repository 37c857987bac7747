// What every page binds. Each module is pure functions and one that binds; the
// page works without any of it.
import { bindSmall } from "../componenti/atlante/piccola.ts";
import { bindCopy } from "../componenti/copia/copia.ts";
import { bindSearch } from "../componenti/ricerca/ricerca.ts";
import { bindTable } from "../componenti/tabella/tabella.ts";
import { bindMenu } from "../componenti/testata/menu.ts";

const say = document.body.dataset; // the words, in the page's language

document.querySelectorAll<HTMLDetailsElement>("details[data-menu]").forEach(bindMenu);
document.querySelectorAll<HTMLFormElement>("form[data-ricerca]").forEach(bindSearch);
document.querySelectorAll<HTMLTableElement>("table:has(th[data-sort])").forEach((t) => bindTable(t, say));
document.querySelectorAll<HTMLElement>("figure[data-mappa]").forEach(bindSmall);
document.querySelectorAll<HTMLElement>("[data-copy]").forEach((e) => bindCopy(e, say));
