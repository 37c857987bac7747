// The controls: choices of the form to a change of the state, and back.
import { el, fields, fits } from "../../script/mappa.ts";
import type { Detto } from "./detto.ts";
import type { State } from "./stato.ts";
import type { Catalogue, Level, Named } from "./tipi.ts";

const keys = ["indicatore", ...fields] as const;

const select = (form: HTMLFormElement, name: string): HTMLSelectElement | null => form.querySelector(`select[name=${name}]`);
const option = (value: string, text: string): HTMLOptionElement => el("option", { value }, text);
const options = (all: readonly Named[]): HTMLOptionElement[] => all.map((x) => option(x.id, x.nome));
const group = (label: string, of: readonly HTMLOptionElement[]): HTMLElement => el("optgroup", { label }, ...of);

/** Fills in what the catalogue lists, and hears what is chosen. */
export function bindForm(form: HTMLFormElement, c: Catalogue, change: (to: Partial<State>) => void): void {
  const byName = (a: Named, b: Named): number => a.nome.localeCompare(b.nome, c.lingua);
  select(form, "indicatore")?.append(...c.gruppi.map((g) => group(g.nome, g.indicatori.map((id) => option(id, c.indicatori[id]!.titolo)))));
  select(form, "regione")?.append(...options(c.regioni));
  select(form, "provincia")?.append(...c.regioni.map((r, k) => group(r.nome, options(c.unita.filter((u) => u.regione === k).sort(byName)))));
  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("change", (e) => {
    const { name, value } = e.target as HTMLSelectElement;
    if ((keys as readonly string[]).includes(name)) change({ [name]: value });
  });
}

/** Sets every control to the state, and offers only what can be chosen. */
export function syncForm(form: HTMLFormElement, q: Detto): void {
  const { c, s, i, say } = q;
  /** Puts options after the first so many, which stand for all or none. */
  const offer = (name: string, keep: number, ...of: HTMLElement[]): HTMLSelectElement | undefined => {
    const one = select(form, name) ?? undefined;
    one?.replaceChildren(...[...one.children].slice(0, keep), ...of);
    return one;
  };
  const dates = [...i.serie].reverse().map((x) => ({ id: x.data, nome: x.detta }));
  const answers = (q.now.domanda?.righe ?? []).map((r) => [r.nome, options(r.voci.map((v) => ({ id: "", ...v })))] as const);
  offer("data", 0, ...options(dates));
  const compare = offer("confronto", 0, option("", say("nessun_confronto")), ...options(dates.filter((x) => x.id !== s.data)));
  if (compare) compare.disabled = dates.length < 2;
  const size = offer("classe", 1, ...options(q.classi));
  if (size) size.disabled = !q.classi.length;
  const field = offer("voce", 0, ...answers.flatMap(([row, of]) => (row ? group(row, of) : of)))?.closest<HTMLElement>(".field");
  if (field) field.hidden = !answers.length;
  for (const o of select(form, "provincia")?.options ?? []) if (o.value) o.disabled = o.hidden = !fits(c, o.value, s.regione);
  for (const key of keys) {
    const one = select(form, key);
    if (one) one.value = s[key];
    for (const r of form.querySelectorAll<HTMLInputElement>(`input[name=${key}]`)) {
      r.checked = r.value === s[key];
      if (key === "livello") r.disabled = !i.livelli.includes(r.value as Level);
    }
  }
}
