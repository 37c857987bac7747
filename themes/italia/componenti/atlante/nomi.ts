// The names of the Comuni in map order, out of the file of the search field.
import { Fault, json } from "../../script/mappa.ts";
import { read } from "../../script/sito.ts";
import type { Group, Place } from "../ricerca/elenco.ts";
import type { Pieces } from "./pezzi.ts";
import type { Catalogue } from "./tipi.ts";

export interface Names {
  all: Place[];
  comuni: Place[];
}

/** Milliseconds of the page that reading takes at a time: the map may be moved
 * meanwhile. */
const atOnce = 8;

/** Fetches the names. */
export async function fetchNames(c: Catalogue): Promise<Names> {
  const work = names(await json<Group[]>(c.nomi), c);
  let began = performance.now(), step;
  while (!(step = work.next()).done) {
    if (performance.now() - began < atOnce) continue;
    await new Promise((go) => setTimeout(go));
    began = performance.now();
  }
  if (!step.value) throw new Fault("ordine");
  return step.value;
}

/** The groups of Comuni that are today stand in map order, a unit's plate each.
 * Undefined where they are not the Comuni of the catalogue. */
export function* names(groups: readonly Group[], c: Catalogue): Pieces<Names | undefined> {
  const all: Place[] = [], comuni: Place[] = [];
  const plates = new Set(c.unita.map((u) => u.sigla));
  for (const g of groups) {
    const some = read([g]);
    all.push(...some);
    if (g.p === "comuni/" && plates.has(g.d)) comuni.push(...some);
    yield;
  }
  const agree = comuni.length === c.n && c.unita.every((u) => comuni[u.da]?.detail === u.sigla && comuni[u.da + u.n - 1]?.detail === u.sigla);
  return agree ? { all, comuni } : undefined;
}
