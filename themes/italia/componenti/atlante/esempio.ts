// A country for the tests: two regions, three units, six Comuni, a to f.
import { answer, type Question } from "./domanda.ts";
import type { Catalogue, Column } from "./tipi.ts";

export function catalogue(): Catalogue {
  return {
    ordine: "0123456789abcdef", n: 6, lingua: "it", attrezzi: "/a", celle: "/c", scarichi: "/s", paese: "/p", nomi: "/n",
    regioni: [{ id: "nord", nome: "Nord", pacco: "/pn" }, { id: "sud", nome: "Sud", pacco: "/ps" }],
    unita: [
      { id: "pa", nome: "Pa", sigla: "PA", regione: 0, da: 0, n: 2 },
      { id: "pb", nome: "Pb", sigla: "PB", regione: 0, da: 2, n: 1 },
      { id: "pc", nome: "Pc", sigla: "PC", regione: 1, da: 3, n: 3 },
    ],
    classi: [{ id: "piccoli", nome: "fino a 5.000" }, { id: "grandi", nome: "oltre 5.000" }],
    classe: "00101-", tipi: [{ codice: "", nome: "" }, { codice: "ND", nome: "Dato assente" }, { codice: "RIS", nome: "Dato riservato" }],
    gruppi: [{ nome: "Siti", indicatori: ["siti", "modello"] }, { nome: "Indagine", indicatori: ["cloud"] }],
    indicatori: {
      siti: {
        titolo: "Qualità dei siti", unita: "punti su 100", forma: "mediana", decimali: 0, soglie: [30, 50, 65, 80], fonte: "Fonte",
        livelli: ["regioni", "province", "comuni"],
        serie: [{ data: "2022-02-11", detta: "11 febbraio 2022", colonna: "/c0" }, { data: "2024-07-31", detta: "31 luglio 2024", colonna: "/c1" }],
      },
      modello: {
        titolo: "Modello", unita: "", forma: "quota", decimali: 1, soglie: [15, 35, 55, 75], fonte: "Fonte", si: "sì", no: "no",
        livelli: ["regioni", "province", "comuni"], serie: [{ data: "2024-07-31", detta: "31 luglio 2024", colonna: "/m" }],
      },
      cloud: {
        titolo: "Cloud", unita: "", forma: "quota", decimali: 1, soglie: [20, 40, 60, 80], fonte: "Indagine", dimostrativo: true, classi: [{ id: "sotto", nome: "fino a 5.000" }, { id: "sopra", nome: "oltre 5.000" }],
        livelli: ["regioni"], serie: [{ data: "2026-06-30", detta: "30 giugno 2026", colonna: "/q" }],
      },
    },
    parole: {},
  };
}

const cell = (value: number, base: number, kind = 0): Column["cells"][number] => ({ value, base, kind });

/** Points of websites: d was not measured. */
export function sites(): Column {
  return {
    order: "0123456789abcdef", comuni: Float64Array.of(20, 30, 50, NaN, 90, 64), kinds: Uint8Array.of(0, 0, 0, 1, 0, 0),
    cells: [
      cell(50, 5), // Italy
      cell(30, 3), cell(77, 2), // regions
      cell(25, 2), cell(50, 1), cell(77, 2), // units
      cell(25, 2), cell(70, 2), // classes
      cell(25, 2), cell(50, 1), cell(NaN, 0, 1), cell(90, 1), // regions × classes
      cell(25, 2), cell(NaN, 0, 1), cell(NaN, 0, 1), cell(50, 1), cell(NaN, 0, 1), cell(90, 1), // units × classes
    ],
    tables: [1, 2, 3, 2, 4, 6],
  };
}

/** The same two years before. */
export function sitesBefore(): Column {
  const c = sites();
  c.comuni = Float64Array.of(10, 35, NaN, 40, 70, 64);
  c.kinds = Uint8Array.of(0, 0, 1, 0, 0, 0);
  c.cells = c.cells.map((x, i) => (i === 2 ? cell(NaN, 0, 1) : cell(x.value - 5, x.base, x.kind)));
  return c;
}

/** A question of the survey: no Comune, no unit; of the large Comuni of the
 * south nothing is published. */
export function question(): Question {
  return {
    ordine: "0123456789abcdef",
    righe: [{
      basi: [30, 20, 0, 12, 8, 10, 0],
      voci: [{ nome: "Passati", valori: [48, 55.5, -2, 50, 64, -2, null] }, { id: "no", nome: "Non passati", valori: [52, 44.5, -2, 50, 36, -2, null] }],
    }],
  };
}

/** Its answer that is shown first. */
export const answers = (): Column => answer(question(), "", 2);
