// Small multiples: one small map for every size class, side by side, in the
// same classes of colour. What is of another class is plain land: it would be
// seven thousand faint Comuni around the twelve that are meant.
import { compose, el, makeCanvas, sceneOf } from "../../script/mappa.ts";
import { total, valued, type Detto } from "./detto.ts";
import { button } from "./fatto.ts";
import { sheet } from "./stampa.ts";
import type { Atlas, Canvas } from "./tipi.ts";

/** What fills the host with them; pick is told the class of one that is pressed. */
export function bindMultiples(m: Atlas, host: HTMLElement, pick: (classe: string) => void): (q: Detto) => void {
  let small: Canvas | undefined;
  return (q) => {
    small ??= made(m);
    host.replaceChildren(...q.classi.map((k) => {
      // One set of classes for all, or the maps could not be held against each other.
      const one = compose({ ...q, s: { ...q.s, classe: k.id } }, q.edges);
      small!.show({ ...sceneOf(one), form: "carta", fill: one.fill.map((f, a) => (one.faint[a] ? 0 : f)), faint: new Uint8Array(one.faint.length) });
      const n = total(one);
      return el("figure", {}, sheet(small!), el("figcaption", {}, button(k.nome, () => pick(k.id), { class: "link" }), n ? ` ${valued({ ...one, own: false }, n.value, n.base)}` : ""));
    }));
  };
}

/** The canvas that draws them, one after the other. */
function made(m: Atlas): Canvas {
  const host = el("div", { class: "little" });
  m.o.stage.append(host);
  return makeCanvas(host, m.o.t, { over() {}, pick() {}, moved() {} });
}
