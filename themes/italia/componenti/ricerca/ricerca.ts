// The search field. The names are fetched when the field is first focused; until
// then, and without a script, the form leads to the A-Z list.
import { read, type Group, type Place } from "./elenco.ts";
import { bindChoices, type Option } from "./scelta.ts";
import { code, find } from "./trova.ts";

/** Choices shown at once. */
export const most = 8;

interface Page extends Option {
  url: string;
}

export function bindSearch(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=search]");
  const list = form.querySelector<HTMLElement>("[role=listbox]");
  const count = form.querySelector<HTMLElement>("[role=status]");
  if (!input || !list || !count) return;
  const say = form.dataset;
  let places: Promise<Place[]> | undefined;

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

  const choose = bindChoices<Page>({
    input, list, count, say,
    async options(typed) {
      const { hits, total } = find(await load(), typed, most);
      const options = hits.map(({ place, by }) => ({ text: place.name, note: [by, place.detail].filter(Boolean).join(", "), url: (say["base"] ?? "/") + place.path }));
      const asked = code(typed);
      return asked ? { options: [{ text: (say["codice"] ?? "%").replace("%", asked), note: "", url: `${say["radice"] ?? "/"}c/${asked}` }], total: 1 } : { options, total };
    },
    choose: (o) => location.assign(o.url),
  });
  form.addEventListener("submit", (e) => {
    if (choose()) e.preventDefault();
  });
}
