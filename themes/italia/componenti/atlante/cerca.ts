// The field that leads to a place on the map: a combobox after WAI-ARIA 1.2, on
// the same names and rules as the site's search.
import type { Place } from "../ricerca/elenco.ts";
import { announce } from "../ricerca/ricerca.ts";
import { find } from "../ricerca/trova.ts";
import { el } from "./fatto.ts";

const most = 8; // options shown at once

export interface Seeker {
  /** The names, fetched when the field is first focused. */
  places(): Promise<readonly Place[]>;
  pick(place: Place): void;
  say: Record<string, string>;
}

export function bindSeek(input: HTMLInputElement, s: Seeker): void {
  const list = el("ul", { class: "options", role: "listbox", id: input.id + "-lista", "aria-label": s.say["trovati"] ?? "", hidden: "" });
  const count = el("p", { class: "vh", role: "status" });
  input.after(list, count);
  for (const [k, v] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) input.setAttribute(k, v);
  let found: Place[] = [];
  let active = -1;

  const show = (total: number): void => {
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...found.map((p, i) => {
      const li = el("li", { role: "option", id: `${list.id}-${i}`, "aria-selected": "false" }, p.name, el("small", {}, " " + p.detail));
      li.addEventListener("click", () => choose(i));
      return li;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    count.textContent = total < 0 ? "" : announce(total, s.say);
  };
  const close = (): void => {
    found = [];
    show(-1);
  };
  const choose = (i: number): void => {
    const p = found[i];
    if (!p) return;
    input.value = p.name;
    close();
    s.pick(p);
  };
  const seek = async (): Promise<void> => {
    const typed = input.value;
    const all = await s.places();
    if (typed !== input.value) return; // more was typed meanwhile
    const { hits, total } = find(all, typed, most);
    found = hits.map((h) => h.place);
    show(typed.trim() ? total : -1);
  };
  const move = (to: number): void => {
    active = (to + found.length) % found.length;
    [...list.children].forEach((li, i) => li.setAttribute("aria-selected", String(i === active)));
    input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
    list.children[active]?.scrollIntoView({ block: "nearest" });
  };

  input.addEventListener("focus", () => void s.places());
  input.addEventListener("input", () => void seek());
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (e) => e.preventDefault()); // keep the focus in the field
  input.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" && !found.length) void seek();
    else if (e.key === "ArrowDown") move(active + 1);
    else if (e.key === "ArrowUp" && found.length) move(active < 0 ? -1 : active - 1);
    else if (e.key === "Escape" && found.length) close();
    else if (e.key === "Enter") found.length ? choose(Math.max(active, 0)) : void seek();
    else return;
    e.preventDefault();
  });
}
