// What the reader chose, and the address that says it. Defaults are left out of
// the address; what it does not know is left aside and named.
import type { Catalogue, Indicator, Level, Named, View } from "./tipi.ts";
import { index } from "./valori.ts";

export const methods = ["fisse", "quantili", "uguali", "naturali"] as const;
export const forms = ["carta", "celle", "multipli"] as const;
export type Method = (typeof methods)[number];
export type Form = (typeof forms)[number];

export interface State {
  indicatore: string;
  /** The answer to a question of the survey, "" for the one shown first. */
  voce: string;
  data: string;
  /** The date that is held against, "" for none. */
  confronto: string;
  livello: Level;
  /** Ids of a size class, a region and a unit, "" for all. */
  classe: string;
  regione: string;
  provincia: string;
  metodo: Method;
  forma: Form;
  /** The path of the chosen place: comuni/suvereto. */
  scelto: string;
  vista: View | undefined;
}

/** What is chosen of an indicator: parameters of the address, fields of the form. */
export const fields = ["voce", "data", "confronto", "livello", "classe", "regione", "provincia", "metodo", "forma"] as const;

/** An address has whole kilometres and hundredths of a zoom. */
const metres = 1000, hundredths = 100, mostZoom = 100;
const view = /^(-?\d{1,5}),(-?\d{1,5}),(\d{3,5})$/;

export const indicatorOf = (c: Catalogue, s: { indicatore: string }): Indicator => c.indicatori[s.indicatore]!;

/** The size classes by which the figures of an indicator can be chosen. */
export const classesOf = (c: Catalogue, s: { indicatore: string }): readonly Named[] => indicatorOf(c, s).classi ?? c.classi;

/** What is shown of an indicator when nothing is chosen: its newest date, at
 * the finest level. */
export function defaults(c: Catalogue, indicatore: string): State {
  const i = c.indicatori[indicatore]!;
  return {
    indicatore, voce: "", data: i.serie.at(-1)!.data, confronto: "", livello: i.livelli.at(-1)!, classe: "", regione: "", provincia: "",
    metodo: "fisse", forma: "carta", scelto: "", vista: undefined,
  };
}

/** The state of an address, and the parameters that were left aside. */
export function read(query: string, c: Catalogue, first: string): { state: State; ignored: string[] } {
  const asked = new URLSearchParams(query);
  const ignored: string[] = [];
  const take = (key: string, good: (v: string) => boolean): string | undefined => {
    const v = asked.get(key);
    if (!v || good(v)) return v || undefined;
    ignored.push(`${key}=${v}`);
    return undefined;
  };
  const known = (all: readonly { id?: string }[]) => (v: string) => all.some((x) => x.id === v);
  const state = defaults(c, take("indicatore", (v) => Object.hasOwn(c.indicatori, v)) ?? first);
  const i = indicatorOf(c, state);
  const dated = (v: string): boolean => i.serie.some((x) => x.data === v);
  state.voce = take("voce", (v) => !!i.classi && /^[\w.-]+$/.test(v)) ?? "";
  state.data = take("data", dated) ?? state.data;
  state.confronto = take("confronto", (v) => dated(v) && v !== state.data) ?? "";
  state.livello = (take("livello", (v) => i.livelli.includes(v as Level)) as Level | undefined) ?? state.livello;
  state.classe = take("classe", known(classesOf(c, state))) ?? "";
  state.regione = take("regione", known(c.regioni)) ?? "";
  state.provincia = take("provincia", (v) => fits(c, v, state.regione)) ?? "";
  state.metodo = (take("metodo", (v) => methods.includes(v as Method)) as Method | undefined) ?? "fisse";
  state.forma = (take("forma", (v) => forms.includes(v as Form)) as Form | undefined) ?? "carta";
  state.scelto = take("scelto", (v) => /^(comuni|province|regioni)\/[\w-]+$/.test(v)) ?? "";
  const at = take("vista", (v) => Number(view.exec(v)?.[3] ?? 0) >= hundredths && Number(view.exec(v)![3]) <= mostZoom * hundredths);
  if (at) {
    const [x, y, zoom] = at.split(",").map(Number) as [number, number, number];
    state.vista = { x: x * metres, y: y * metres, zoom: zoom / hundredths };
  }
  return { state, ignored };
}

/** Whether a unit is known and lies in the region, if one is chosen. */
export function fits(c: Catalogue, unit: string, region: string): boolean {
  const u = c.unita.find((x) => x.id === unit);
  return !!u && (!region || c.regioni[u.regione]?.id === region);
}

/** The address of a state, without "?"; "" when nothing is chosen. */
export function write(s: State, c: Catalogue, first: string): string {
  const usual = defaults(c, s.indicatore);
  const out: string[] = [];
  if (s.indicatore !== first) out.push("indicatore=" + encodeURIComponent(s.indicatore));
  for (const key of [...fields, "scelto"] as const) {
    if (s[key] !== usual[key]) out.push(`${key}=${encodeURIComponent(s[key]).replaceAll("%2F", "/")}`);
  }
  if (s.vista) out.push(`vista=${Math.round(s.vista.x / metres)},${Math.round(s.vista.y / metres)},${Math.round(s.vista.zoom * hundredths)}`);
  return out.join("&");
}

/** The state after a choice in the form: what no longer fits is given up. */
export function choose(s: State, change: Partial<State>, c: Catalogue): State {
  let next = { ...s, ...change };
  if (next.indicatore !== s.indicatore) {
    const usual = defaults(c, next.indicatore), i = indicatorOf(c, next);
    const dated = i.serie.some((x) => x.data === next.data);
    next = { ...next, voce: "", data: dated ? next.data : usual.data, livello: i.livelli.includes(next.livello) ? next.livello : usual.livello };
    // What was the newest date of one indicator is the newest of the next.
    if (s.data === defaults(c, s.indicatore).data) next.data = usual.data;
    if (!i.serie.some((x) => x.data === next.confronto)) next.confronto = "";
  }
  if (index(classesOf(c, next), next.classe) < 0) next.classe = "";
  if (next.confronto === next.data) next.confronto = "";
  if (next.provincia && !fits(c, next.provincia, next.regione)) next.provincia = "";
  return next;
}
