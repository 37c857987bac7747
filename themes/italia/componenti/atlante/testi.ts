// The sentences around the map that follow what it shows.
import type { State } from "./stato.ts";
import { total, titles, valued, type Detto } from "./detto.ts";

/** The sentences as the page has them. */
const written = new WeakMap<Element, Node[]>();

/** Title, sentence and caption of a view, the way back from a frame, and the
 * code that puts the view into other pages. The page's own view keeps its own
 * sentence: a map whose words grew or shrank above it would move. */
export function renderTexts(root: HTMLElement, q: Detto, description: string, query: string, own: boolean): void {
  const { s, i, say } = q;
  const [title, sub] = titles(q), n = total(q);
  const put = (what: string, words: string, keep = false): void => {
    const e = root.querySelector(`[data-dice="${what}"]`);
    if (!e) return;
    if (!written.has(e)) written.set(e, [...e.childNodes]);
    e.replaceChildren(...(keep ? written.get(e)! : [words]));
  };
  const when = sub[0]!.toUpperCase() + sub.slice(1) + ".";
  put("titolo", title);
  put("frase", [when, n ? say(figureOf(i.forma, s), { v: valued({ ...q, own: false }, n.value, n.base), n: n.base }) : ""].join(" "), own);
  put("didascalia", `${when} ${description} ${say("fonte", { fonte: plain(i.fonte) })} ${say("confini")}`);
  const back = root.querySelector<HTMLAnchorElement>("[data-ritorno]") ?? document.querySelector<HTMLAnchorElement>("[data-ritorno]");
  if (back) back.search = query;
  const code = root.querySelector("[data-incorpora]");
  if (code) code.textContent = code.textContent!.replace(/src="([^"?]*)[^"]*"/, () => `src="${new URL("incorpora/", location.href.replace(/[?#].*/, ""))}${query && "?" + query.replaceAll("&", "&amp;")}"`);
}

/** The sentence for the figure of all that is shown. */
const figureOf = (form: string, s: State): string => (form === "mediana" ? "frase_mediana" : s.classe || s.regione || s.provincia ? "frase_parte" : "frase");

/** A credit is markup with links; here its words are wanted. */
export const plain = (markup: string): string => new DOMParser().parseFromString(markup, "text/html").body.textContent ?? "";
