// A question of the survey: all that is published of its answers, by region, in
// one file. It is written in Go: internal/site/mappa_domande.go.
import type { Column } from "./tipi.ts";

export interface Question {
  ordine: string;
  /** One, or the rows of a grid. */
  righe: {
    nome?: string;
    /** Comuni that the shares rest on, 0 where it is not published. */
    basi: number[];
    /** Areas: Italy, the regions, and in each its halves by size if any of these
     * is published. A share, -kind where there is none, null where nothing is
     * published of the area. */
    voci: { id?: string; nome: string; valori: (number | null)[] }[];
  }[];
}

/** An answer as a column; the one that is shown first where there is no such. */
export function answer(q: Question, voce: string, regions: number): Column {
  const all = q.righe.flatMap((riga) => riga.voci.map((v) => ({ ...v, riga })));
  const { id = "", nome, valori, riga } = all.find((v) => (v.id ?? "") === voce) ?? all.find((v) => !v.id)!;
  return {
    order: q.ordine, comuni: new Float64Array(), kinds: new Uint8Array(),
    cells: valori.map((v, k) => ({ value: v === null || v < 0 ? NaN : v, kind: v !== null && v < 0 ? -v : 0, base: riga.basi[k]! })),
    tables: [1, regions, 0, 0, valori.length - 1 - regions, 0],
    domanda: q, voce: id, nome: riga.nome ? `${riga.nome}, ${nome}` : nome,
  };
}
