// The words beside the pointer.
import { el } from "../../script/mappa.ts";

/** CSS pixels from the pointer. */
const off = 14;

/** A tooltip that follows the pointer over the surface; what it returns fills it
 * or, with no name, hides it. */
export function tooltip(stage: HTMLElement, surface: HTMLElement): (name?: string, text?: string, more?: string) => void {
  const tip = el("p", { class: "tip", hidden: "" });
  stage.append(tip);
  surface.addEventListener("pointermove", (e) => {
    if (tip.hidden) return;
    // Towards the middle, so that no edge cuts it.
    const r = surface.getBoundingClientRect(), right = e.clientX - r.left > r.width / 2, low = e.clientY - r.top > r.height / 2;
    const px = (n: number): string => `${n + off}px`;
    Object.assign(tip.style, { top: low ? "" : px(e.clientY - r.top), bottom: low ? px(r.bottom - e.clientY) : "", left: right ? "" : px(e.clientX - r.left), right: right ? px(r.right - e.clientX) : "" });
  });
  return (name, text = "", more = "") => {
    tip.hidden = !name;
    if (name) tip.replaceChildren(el("b", {}, name), " ", text, ...(more ? [el("span", { class: "soft" }, more)] : []));
  };
}
