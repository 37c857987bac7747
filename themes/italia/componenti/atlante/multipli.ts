// Small multiples: one small map for every size class, side by side, in the
// same classes of colour.
import { button, el } from "./fatto.ts";
import { compose, total, valued, type Quadro } from "./quadro.ts";
import type { Canvas, Scene } from "./tipi.ts";

/** CSS pixels. */
const wide = 180, high = 230;

/** Draws them with the given canvas, one after the other, and leaves the scene
 * that it had for the caller to show again. */
export function renderMultiples(host: HTMLElement, q: Quadro, small: { canvas: Canvas; scene(q: Quadro): Scene }, pick: (classe: string) => void): void {
  host.replaceChildren(...q.c.classi.map((k) => {
    // One set of classes for all, or the maps could not be held against each other.
    const one = compose({ ...q, s: { ...q.s, classe: k.id } }, q.edges);
    small.canvas.show(small.scene(one));
    const picture = small.canvas.bitmap(Math.min(devicePixelRatio || 1, 2));
    picture.ariaHidden = "true";
    Object.assign(picture.style, { width: "100%", aspectRatio: `${wide} / ${high}` });
    const n = total(one);
    return el("figure", {}, picture, el("figcaption", {}, button(k.nome, () => pick(k.id), { class: "link" }), n ? ` ${valued({ ...one, own: false }, n.value, n.base)}` : ""));
  }));
}

export const size = { wide, high };
