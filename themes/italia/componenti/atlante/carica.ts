// Fetching what the map is made of, and what can go wrong on the way.
import { decodeColumn } from "./colonna.ts";
import { decodeTopology } from "./pacco.ts";
import type { Catalogue, Column, Topology } from "./tipi.ts";

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

export const catalogue = (address: string): Promise<Catalogue> => json(address);

async function decoded<T extends { order: string }>(address: string, order: string, decode: (b: Uint8Array) => T): Promise<T> {
  const r = await fetched(address);
  const bytes = await r.arrayBuffer().catch(() => undefined);
  if (!bytes) throw new Fault("rete");
  let out: T;
  try {
    out = decode(new Uint8Array(bytes));
  } catch (e) {
    throw new Fault(e instanceof RangeError ? "tela" : "dati"); // a RangeError is memory that is not there
  }
  if (out.order !== order) throw new Fault("ordine");
  return out;
}

export interface Loader {
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
      const col = await decoded(a, c.ordine, decodeColumn);
      if (col.comuni.length && col.comuni.length !== c.n) throw new Fault("dati");
      columns.set(a, col);
      return col;
    }),
    topology: (a) => once(a, () => decoded(a, c.ordine, decodeTopology)),
  };
}
