// The map on paper: the chosen view as a drawing, in the colours of paper
// whatever the screen has, with its address. A canvas would be printed as it is
// on the screen, dark in the dark, in the screen's few pixels.
import { el, named } from "../../script/mappa.ts";
import { svg as drawing } from "./disegno.ts";
import { svg } from "./fatto.ts";
import type { Canvas } from "./tipi.ts";

/** The view of a canvas as an element of the page, in the page's colours by name. */
export function sheet(canvas: Canvas): SVGElement {
  const p = canvas.picture(), { width, height } = p;
  const out = svg("svg", { class: "sheet", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
  out.innerHTML = drawing({ ...p, inks: { ...p.inks, css: named } });
  return out;
}

/** Puts the drawing in the place of the canvas while the page is printed. Where
 * that fails the canvas is printed as it stands. */
export function bindPrint(root: HTMLElement, make: () => SVGElement | undefined, place: (drawing: SVGElement) => void): void {
  let added: Element[] = [];
  const away = (): void => {
    for (const e of added) e.remove();
    added = [];
    root.classList.remove("on-paper");
  };
  addEventListener("beforeprint", () => {
    away();
    const made = make(), address = el("p", { class: "address" }, location.href);
    if (made) place(made);
    (root.querySelector("figure") ?? root).append(address);
    added = made ? [made, address] : [address];
    root.classList.toggle("on-paper", !!made);
  });
  addEventListener("afterprint", away);
}
