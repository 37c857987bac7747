// Fetching what the map is made of, and what can go wrong on the way.
import { decodeColumn } from "./colonna.ts";
import { answer, type Question } from "./domanda.ts";
import { Arriving } from "./pacco.ts";
import type { Catalogue, Column, Indicator, Topology, Unit } from "./tipi.ts";

/** A fault that the reader is told of: the key of its sentence. */
export class Fault extends Error {
  readonly key: "rete" | "dati" | "ordine" | "tela";
  constructor(key: Fault["key"]) {
    super(key);
    this.key = key;
  }
}

async function fetched(address: string): Promise<Response> {
  const r = await fetch(address).catch(() => undefined);
  if (!r?.ok) throw new Fault("rete");
  return r;
}

export async function json<T>(address: string): Promise<T> {
  const r = await fetched(address);
  try {
    return (await r.json()) as T;
  } catch {
    throw new Fault("dati");
  }
}

/** The catalogue as it is written: each unit begins where the last one ends and has
 * an id where its name does not give it, and what all questions have in common
 * stands there once, with * for their id. */
type Written = Omit<Catalogue, "unita"> & {
  unita: (Omit<Unit, "da" | "id"> & Partial<Unit>)[];
  indagine?: Indicator;
  domande?: Record<string, string>;
};

export async function catalogue(address: string): Promise<Catalogue> {
  return complete(await json<Written>(address));
}

export function complete(w: Written): Catalogue {
  const indicatori = { ...w.indicatori };
  for (const [id, titolo] of Object.entries(w.domande ?? {})) indicatori[id] = { ...w.indagine!, titolo, serie: w.indagine!.serie.map((x) => ({ ...x, colonna: x.colonna.replace("*", id) })) };
  let da = 0;
  return { ...w, indicatori, unita: w.unita.map((u) => ({ id: u.nome?.toLowerCase().replace(/\W+/g, "-"), ...u, da: (da += u.n) - u.n })) };
}

/** What the page itself knows of the catalogue: enough for the map that it shows
 * first, not for what an address may ask for. */
export function begun(text: string, first: string): Catalogue {
  const { regioni, classi, unita, indicatore, ...w } = JSON.parse(text) as Pick<Catalogue, "ordine" | "n" | "attrezzi" | "paese"> & { regioni: number; classi: number; unita: number[]; indicatore: Indicator };
  const empty = (n: number): never[] => Array(n).fill({}) as never[];
  return complete({
    ...w, regioni: empty(regioni), classi: empty(classi), indicatori: { [first]: indicatore }, classe: "",
    unita: empty(unita.length / 2).map((_, k) => ({ regione: unita[2 * k]!, n: unita[2 * k + 1]! })),
  } as unknown as Written);
}

const lost = (): never => {
  throw new Fault("rete");
};

/** What decode makes of a file, if the file belongs to the others. */
function belonging<T extends { order: string }>(order: string, decode: () => T): T {
  let out: T;
  try {
    out = decode();
  } catch (e) {
    throw new Fault(e instanceof RangeError ? "tela" : "dati"); // a RangeError is memory that is not there
  }
  if (out.order !== order) throw new Fault("ordine");
  return out;
}

async function column(address: string, c: Catalogue): Promise<Column> {
  const bytes = await (await fetched(address)).arrayBuffer().catch(lost);
  const out = belonging(c.ordine, () => decodeColumn(new Uint8Array(bytes)));
  if (out.comuni.length && out.comuni.length !== c.n) throw new Fault("dati");
  return out;
}

async function question(address: string, order: string): Promise<Question> {
  const out = await json<Question>(address);
  if (out.ordine !== order) throw new Fault("ordine");
  return out;
}

async function topology(address: string, order: string): Promise<Topology> {
  const from = (await fetched(address)).body!.getReader(), to = new Arriving();
  for (;;) {
    const { done, value } = await from.read().catch(lost);
    if (done) break;
    to.add(value);
  }
  return belonging(order, () => to.end());
}

export interface Loader {
  /** A column; of a question's file the answer behind the #. */
  column(a: string): Promise<Column>;
  topology(a: string): Promise<Topology>;
  columns: ReadonlyMap<string, Column>;
}

/** What is fetched once is kept; what failed is asked for again. */
export function loader(c: Catalogue): Loader {
  const asked = new Map<string, Promise<unknown>>();
  const columns = new Map<string, Column>();
  const once = <T>(a: string, get: () => Promise<T>): Promise<T> => {
    let p = asked.get(a) as Promise<T> | undefined;
    if (!p) {
      asked.set(a, (p = get()));
      p.catch(() => asked.delete(a));
    }
    return p;
  };
  return {
    columns,
    column: (a) => once(a, async () => {
      const [file, voce = ""] = a.split("#") as [string, string?];
      const out = file.endsWith(".json") ? answer(await once(file + "#", () => question(file, c.ordine)), voce, c.regioni.length) : await column(a, c);
      columns.set(a, out);
      return out;
    }),
    topology: (a) => once(a, () => topology(a, c.ordine)),
  };
}
