// The field that leads to a place on the map, on the names and rules of the
// site's search.
import { bindChoices, find, most } from "../../script/sito.ts";
import type { Place } from "../ricerca/elenco.ts";
import type { Option } from "../ricerca/scelta.ts";
import { el } from "../../script/mappa.ts";

export interface Seeker {
  /** The names, fetched when the field is first focused. */
  places(): Promise<readonly Place[]>;
  pick(place: Place): void;
  say: Record<string, string>;
}

export function bindSeek(input: HTMLInputElement, { places, pick, say }: Seeker): void {
  const list = el("ul", { class: "options", role: "listbox", id: input.id + "-lista", "aria-label": say["trovati"], hidden: "" });
  const count = el("p", { class: "vh", role: "status" });
  input.after(list, count);
  const choose = bindChoices<Option & { place: Place }>({
    input, list, count, say,
    async options(typed) {
      const { hits, total } = find(await places(), typed, most);
      return { options: hits.map(({ place }) => ({ text: place.name, note: place.detail, place })), total };
    },
    choose({ text, place }) {
      input.value = text;
      pick(place);
    },
  });
  input.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && choose()) e.preventDefault();
  });
}
