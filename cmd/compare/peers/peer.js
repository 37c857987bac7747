// What both peers share: classes, the choice of an indicator, and the marks by
// which the measuring program follows a page. Our own map sets the same ones.

// INDICATORS is put here by the program: [{ID, Breaks}], the first one's values
// are in the shapes.
export const indicators = INDICATORS;

export const colours = ["#d7e3f4", "#a9c5e8", "#74a1d6", "#3f76b5", "#17478a"];
export const none = "#b8b4ac"; // no value
export const border = "#ffffff";

// classOf is the class of a value, 0 to 4, or -1 where there is none.
export function classOf(value, breaks) {
  if (value == null) return -1;
  let k = 0;
  while (k < breaks.length && value >= breaks[k]) k++;
  return k;
}

// ready says that all Comuni are on the screen.
export const ready = () => performance.mark("mappa-pronta");

// choice fills the select and calls show(breaks, values) when another indicator
// is chosen; values that are not there yet, also of the first one where the
// shapes keep them, are fetched once. show calls recoloured when they are drawn.
export function choice(values, show) {
  const select = document.querySelector("select");
  const columns = new Map(values && [[indicators[0].ID, values]]);
  for (const i of indicators) select.add(new Option(i.ID, i.ID));
  select.addEventListener("change", async () => {
    const { ID, Breaks } = indicators.find((i) => i.ID === select.value);
    if (!columns.has(ID)) columns.set(ID, await (await fetch(`${ID}.json`)).json());
    performance.mark("scelta");
    show(Breaks, columns.get(ID));
  });
}

export const recoloured = () => performance.measure("mappa-colori", "scelta");

// say names the Comune under the pointer.
export const say = (text) => { document.querySelector("output").textContent = text; };
