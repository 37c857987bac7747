// The search field: a combobox after WAI-ARIA 1.2. The names are fetched when
// the field is first focused; until then, and without a script, the form leads
// to the A-Z list.
import { read, type Group, type Place } from "./elenco.ts";
import { code, find } from "./trova.ts";

const most = 8; // options shown at once

interface Option {
  text: string;
  note: string;
  url: string;
}

export function bindSearch(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=search]");
  const list = form.querySelector<HTMLElement>("[role=listbox]");
  const count = form.querySelector<HTMLElement>("[role=status]");
  if (!input || !list || !count) return;
  const say = form.dataset;
  let places: Promise<Place[]> | undefined;
  let options: Option[] = [];
  let active = -1;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  close();

  function load(): Promise<Place[]> {
    places ??= fetch(say["ricerca"] ?? "")
      .then((r) => (r.ok ? (r.json() as Promise<Group[]>) : []))
      .then(read)
      .catch(() => {
        places = undefined; // the network may come back
        return [];
      });
    return places;
  }

  async function search(): Promise<void> {
    const typed = input!.value;
    const all = await load();
    if (typed !== input!.value) return; // more was typed meanwhile
    const { hits, total } = find(all, typed, most);
    options = hits.map(({ place, by }) => ({
      text: place.name,
      note: [by, place.detail].filter(Boolean).join(", "),
      url: (say["base"] ?? "/") + place.path,
    }));
    const asked = code(typed);
    if (asked) options = [{ text: (say["codice"] ?? "%").replace("%", asked), note: "", url: `${say["radice"] ?? "/"}c/${asked}` }];
    show(typed.trim() ? Math.max(total, options.length) : -1);
  }

  function show(total: number): void {
    active = -1;
    input!.removeAttribute("aria-activedescendant");
    list!.replaceChildren(...options.map(row));
    const open = options.length > 0;
    list!.hidden = !open;
    input!.setAttribute("aria-expanded", String(open));
    count!.textContent = total < 0 ? "" : announce(total, say);
  }

  function row(o: Option, i: number): HTMLElement {
    const li = document.createElement("li");
    li.id = `${list!.id}-${i}`;
    li.role = "option";
    li.ariaSelected = "false";
    li.textContent = o.text;
    if (o.note) {
      const small = document.createElement("small");
      small.textContent = ` ${o.note}`;
      li.append(small);
    }
    li.addEventListener("click", () => location.assign(o.url));
    return li;
  }

  function close(): void {
    options = [];
    show(-1);
  }

  function move(to: number): void {
    const n = options.length;
    if (!n) return;
    active = to < 0 ? n - 1 : to % n;
    [...list!.children].forEach((li, i) => (li.ariaSelected = String(i === active)));
    input!.setAttribute("aria-activedescendant", `${list!.id}-${active}`);
    list!.children[active]?.scrollIntoView({ block: "nearest" });
  }

  input.addEventListener("focus", () => void load());
  input.addEventListener("input", () => void search());
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (e) => e.preventDefault()); // keep the focus in the field
  input.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown") options.length ? move(active + 1) : void search();
    else if (e.key === "ArrowUp") move(active < 0 ? -1 : active - 1);
    else if (e.key === "Escape" && options.length) close();
    else return;
    e.preventDefault();
  });
  form.addEventListener("submit", (e) => {
    const chosen = options[Math.max(active, 0)];
    if (!chosen) return;
    e.preventDefault();
    location.assign(chosen.url);
  });
}

// announce is the count as it is said: "1 risultato", "12 risultati".
export function announce(total: number, say: Record<string, string | undefined>): string {
  if (total === 0) return say["nessuno"] ?? "";
  return total === 1 ? (say["uno"] ?? "") : (say["molti"] ?? "").replace("%", String(total));
}
