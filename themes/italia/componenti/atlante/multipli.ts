// Small multiples: one small map for every size class, side by side, in the
// same classes of colour. What is of another class is plain land: it would be
// seven thousand faint Comuni around the twelve that are meant.
import { button, el } from "./fatto.ts";
import { compose, sceneOf, total, valued, type Quadro } from "./quadro.ts";
import { sheet } from "./stampa.ts";
import type { Canvas } from "./tipi.ts";

/** CSS pixels. */
const wide = 180, high = 230;

export function renderMultiples(host: HTMLElement, q: Quadro, canvas: Canvas, pick: (classe: string) => void): void {
  host.replaceChildren(...q.c.classi.map((k) => {
    // One set of classes for all, or the maps could not be held against each other.
    const one = compose({ ...q, s: { ...q.s, classe: k.id } }, q.edges);
    canvas.show({ ...sceneOf(one), form: "carta", fill: one.fill.map((f, a) => (one.faint[a] ? 0 : f)), faint: new Uint8Array(one.faint.length) });
    const n = total(one);
    return el("figure", {}, sheet(canvas, wide, high), el("figcaption", {}, button(k.nome, () => pick(k.id), { class: "link" }), n ? ` ${valued({ ...one, own: false }, n.value, n.base)}` : ""));
  }));
}

export const size = { wide, high };
