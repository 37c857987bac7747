// The words beside the pointer, or beside a place.
import { el } from "../../script/mappa.ts";
import type { Point } from "./tratti.ts";

/** CSS pixels from the pointer. */
const off = 14;

/** A tooltip over the surface; what it returns fills it or, with no name, hides
 * it. It follows the pointer, unless it is told where its place is. */
export function tooltip(stage: HTMLElement, surface: HTMLElement): (name?: string, text?: string, more?: string, at?: Point) => void {
  const tip = el("p", { class: "tip", "aria-hidden": "true", hidden: "" });
  stage.append(tip);
  let held = true, mouse: Point = [-1, -1];
  const put = (x: number, y: number): void => {
    // Towards the middle, so that no edge cuts it.
    const w = surface.clientWidth, h = surface.clientHeight, px = (n: number): string => `${n + off}px`, right = x > w / 2, low = y > h / 2;
    Object.assign(tip.style, { top: low ? "" : px(y), bottom: low ? px(h - y) : "", left: right ? "" : px(x), right: right ? px(w - x) : "" });
    tip.hidden = !(x >= 0 && y >= 0 && x <= w && y <= h);
  };
  surface.addEventListener("pointermove", (e) => {
    mouse = [e.offsetX, e.offsetY]; // what is hit in the surface is as large as it is
    if (!held) put(...mouse);
  });
  return (name, text = "", more = "", at) => {
    tip.hidden = held = !name;
    if (!name) return;
    held = !!at;
    tip.replaceChildren(el("b", {}, name), " ", text, ...(more ? [el("span", { class: "soft" }, more)] : []));
    put(...(at ?? mouse));
  };
}
