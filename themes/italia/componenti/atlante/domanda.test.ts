import assert from "node:assert/strict";
import { test } from "node:test";
import { complete } from "./carica.ts";
import { answer, type Question } from "./domanda.ts";
import { catalogue, question } from "./esempio.ts";

test("every answer is a column of regions and of their halves by size", () => {
  const c = answer(question(), "no", 2);
  assert.deepEqual([c.voce, c.nome, c.tables], ["no", "Non passati", [1, 2, 0, 0, 4, 0]]);
  assert.deepEqual(c.cells.map((x) => x.value), [52, 44.5, NaN, 50, 36, NaN, NaN]);
  assert.deepEqual(c.cells.map((x) => x.base), [30, 20, 0, 12, 8, 10, 0]);
});

test("what is withheld has its kind, what is not published has none", () => {
  assert.deepEqual(answer(question(), "", 2).cells.map((x) => x.kind), [0, 0, 2, 0, 0, 2, 0]);
});

test("a row of a grid is named before its answer", () => {
  const grid: Question = { ordine: "x", righe: [
    { nome: "Tributi", basi: [9, 9], voci: [{ nome: "sì", valori: [10, 20] }, { id: "tributi.no", nome: "no", valori: [90, 80] }] },
    { nome: "Scuola", basi: [7, 7], voci: [{ id: "scuola.si", nome: "sì", valori: [30, 40] }] },
  ] };
  const c = answer(grid, "scuola.si", 1);
  assert.deepEqual([c.nome, c.cells.map((x) => [x.value, x.base]), c.tables], ["Scuola, sì", [[30, 7], [40, 7]], [1, 1, 0, 0, 0, 0]]);
  assert.equal(answer(grid, "zzz", 1).nome, "Tributi, sì");
});

test("a catalogue says once what all questions have in common", () => {
  const w = catalogue(), { titolo, serie, ...rest } = w.indicatori["cloud"]!;
  const whole = complete({ ...w, unita: w.unita, indicatori: { siti: w.indicatori["siti"]! }, indagine: { ...rest, titolo: "", serie: [{ ...serie[0]!, colonna: "/*.json" }] }, domande: { cloud: titolo } });
  assert.deepEqual(whole.indicatori["cloud"], { ...w.indicatori["cloud"], serie: [{ ...serie[0], colonna: "/cloud.json" }] });
  assert.deepEqual(whole.unita, w.unita);
});

test("a unit's id follows from its name, or is written", () => {
  const w = catalogue();
  const { unita } = complete({ ...w, unita: [{ nome: "Reggio nell'Emilia", sigla: "RE", regione: 0, n: 1 }, { id: "forli-cesena", nome: "Forlì-Cesena", sigla: "FC", regione: 0, n: 1 }] });
  assert.deepEqual(unita.map((u) => u.id), ["reggio-nell-emilia", "forli-cesena"]);
});
