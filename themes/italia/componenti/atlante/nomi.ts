// The names of the Comuni in map order, out of the file of the search field.
import { Fault, json } from "../../script/mappa.ts";
import { read } from "../../script/sito.ts";
import type { Group, Place } from "../ricerca/elenco.ts";
import type { Catalogue } from "./tipi.ts";

export interface Names {
  all: Place[];
  comuni: Place[];
}

/** Fetches the names. */
export async function fetchNames(c: Catalogue): Promise<Names> {
  const found = names(await json<Group[]>(c.nomi), c);
  if (!found) throw new Fault("ordine");
  return found;
}

/** The groups of Comuni that are today stand in map order, a unit's plate each.
 * Undefined where they are not the Comuni of the catalogue. */
export function names(groups: readonly Group[], c: Catalogue): Names | undefined {
  const all = read(groups);
  const plates = new Set(c.unita.map((u) => u.sigla));
  const comuni = all.filter((p) => p.path.startsWith("comuni/") && plates.has(p.detail));
  const agree = comuni.length === c.n && c.unita.every((u) => comuni[u.da]?.detail === u.sigla && comuni[u.da + u.n - 1]?.detail === u.sigla);
  return agree ? { all, comuni } : undefined;
}
