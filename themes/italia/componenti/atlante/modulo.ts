// The controls: choices of the form to a change of the state, and back.
import { el, fits, indicatorOf } from "../../script/mappa.ts";
import type { Say } from "./parole.ts";
import type { State } from "./stato.ts";
import type { Catalogue, Level } from "./tipi.ts";

const keys = ["indicatore", "data", "confronto", "livello", "classe", "regione", "provincia", "metodo", "forma"] as const;

export function bindForm(form: HTMLFormElement, change: (to: Partial<State>) => void): void {
  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("change", (e) => {
    const { name, value } = e.target as HTMLSelectElement;
    if ((keys as readonly string[]).includes(name)) change({ [name]: value });
  });
}

/** Sets every control to the state, and offers only what can be chosen. */
export function syncForm(form: HTMLFormElement, c: Catalogue, s: State, say: Say): void {
  const i = indicatorOf(c, s);
  const select = (name: string): HTMLSelectElement | null => form.querySelector(`select[name=${name}]`);
  const option = (value: string, text: string): HTMLOptionElement => el("option", { value }, text);
  const dates = [...i.serie].reverse();
  select("data")?.replaceChildren(...dates.map((x) => option(x.data, x.detta)));
  select("confronto")?.replaceChildren(option("", say("nessun_confronto")), ...dates.filter((x) => x.data !== s.data).map((x) => option(x.data, x.detta)));
  for (const o of select("provincia")?.options ?? []) if (o.value) o.disabled = o.hidden = !fits(c, o.value, s.regione);
  for (const key of keys) {
    const one = select(key);
    if (one) one.value = s[key];
    for (const r of form.querySelectorAll<HTMLInputElement>(`input[name=${key}]`)) {
      r.checked = r.value === s[key];
      if (key === "livello") r.disabled = !i.livelli.includes(r.value as Level);
    }
  }
  const compare = select("confronto");
  if (compare) compare.disabled = i.serie.length < 2;
}
