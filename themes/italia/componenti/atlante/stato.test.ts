import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "./esempio.ts";
import { choose, classesOf, defaults, forms, methods, read, write, type State } from "./stato.ts";

const c = catalogue();
const first = "siti";

test("an address that says nothing is the newest date at the finest level", () => {
  const { state, ignored } = read("", c, first);
  assert.deepEqual(state, defaults(c, first));
  assert.deepEqual([state.data, state.livello, ignored], ["2024-07-31", "comuni", []]);
  assert.equal(write(state, c, first), "");
});

test("every state comes back from its address", () => {
  let seed = 1;
  const pick = <T>(all: readonly T[]): T => {
    seed = (seed * 48271) % 2147483647;
    return all[seed % all.length]!;
  };
  for (let k = 0; k < 2000; k++) {
    const indicatore = pick(Object.keys(c.indicatori));
    const i = c.indicatori[indicatore]!;
    const data = pick(i.serie).data;
    const unit = pick(["", ...c.unita.map((u) => u.id)]);
    const over = c.regioni[c.unita.find((u) => u.id === unit)?.regione ?? 0]!.id;
    const s: State = {
      indicatore, voce: i.classi ? pick(["", "no", "a.b-c_1"]) : "", data, confronto: pick(["", ...i.serie.map((x) => x.data).filter((d) => d !== data)]), livello: pick(i.livelli),
      classe: pick(["", ...classesOf(c, { indicatore }).map((x) => x.id)]), provincia: unit, regione: unit ? pick(["", over]) : pick(["", ...c.regioni.map((r) => r.id)]),
      metodo: pick(methods), forma: pick(forms), scelto: pick(["", "comuni/alfa", "regioni/nord", "province/pa"]),
      vista: pick([undefined, { x: 4321000, y: -12000, zoom: 1 }, { x: 0, y: 2345000, zoom: 12.34 }]),
    };
    const address = write(s, c, first);
    assert.deepEqual(read(address, c, first), { state: s, ignored: [] }, address);
    assert.equal(write(read(address, c, first).state, c, first), address);
  }
});

test("what is not known is left aside and named", () => {
  const { state, ignored } = read("indicatore=zzz&data=1999-01-01&livello=vie&classe=x&regione=sud&provincia=pa&metodo=a&forma=b&vista=1,2,3&scelto=/etc&altro=1&confronto=2024-07-31", c, first);
  assert.deepEqual(state, { ...defaults(c, first), regione: "sud" });
  assert.deepEqual(ignored, [
    "indicatore=zzz", "data=1999-01-01", "confronto=2024-07-31", "livello=vie", "classe=x", "provincia=pa", "metodo=a", "forma=b", "scelto=/etc", "vista=1,2,3",
  ]);
  assert.deepEqual(read("indicatore=constructor", c, first).ignored, ["indicatore=constructor"]);
});

test("a level that an indicator has not is not shown for it", () => {
  assert.equal(read("indicatore=cloud", c, first).state.livello, "regioni");
  assert.deepEqual(read("indicatore=cloud&livello=comuni", c, first).ignored, ["livello=comuni"]);
});

test("a choice gives up what no longer fits", () => {
  const s = { ...defaults(c, first), confronto: "2022-02-11", provincia: "pa", regione: "nord" };
  assert.deepEqual(choose(s, { indicatore: "cloud" }, c), { ...s, indicatore: "cloud", data: "2026-06-30", confronto: "", livello: "regioni" });
  assert.equal(choose(s, { regione: "sud" }, c).provincia, "");
  const asked = choose({ ...s, classe: "grandi" }, { indicatore: "cloud" }, c);
  assert.equal(asked.classe, ""); // the survey has other size classes
  assert.deepEqual(choose({ ...asked, voce: "no", classe: "sopra" }, { indicatore: "siti" }, c), { ...s, confronto: "", data: "2024-07-31", livello: "regioni" });
  assert.equal(choose(s, { regione: "" }, c).provincia, "pa");
  assert.equal(choose(s, { data: "2022-02-11" }, c).confronto, "");
});
