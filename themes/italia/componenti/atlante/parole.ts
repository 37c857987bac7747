// The words of the catalogue with the values put in, as messages are written
// in lingue/*.yaml: {name}, {n, plural, =0{…} one{…} other{#…}} and
// {x, select, a{…} other{…}}.

export type Values = Record<string, string | number>;
export type Say = (key: string, values?: Values) => string;
/** A number with so many decimals. */
export type Print = (v: number, decimals?: number) => string;

/** How a language writes numbers: thousands grouped from 1.000 on, a true minus. */
export function printer(language: string): Print {
  const made: Intl.NumberFormat[] = [];
  return (v, d = 0) => {
    const f = (made[d] ??= new Intl.NumberFormat(language, { minimumFractionDigits: d, maximumFractionDigits: d, useGrouping: "always" as unknown as boolean }));
    return f.format(v).replace(/^-(0[.,]?0*)$/, "$1").replace("-", "−");
  };
}

/** The sentences of a catalogue. */
export function speaker(words: Record<string, string>, print: Print): Say {
  return (key, values = {}) => fill(words[key] ?? key, values, print);
}

export function fill(text: string, values: Values, print: Print): string {
  let out = "";
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== "{") {
      out += text[i];
      continue;
    }
    const end = close(text, i);
    out += put(text.slice(i + 1, end), values, print);
    i = end;
  }
  return out;
}

function put(body: string, values: Values, print: Print): string {
  const choice = /^(\w+), (plural|select), /.exec(body);
  const v = values[choice ? choice[1]! : body] ?? "";
  const shown = typeof v === "number" ? print(v) : v;
  if (!choice) return shown;
  const branches: Record<string, string> = {};
  for (let i = choice[0].length; i < body.length; ) {
    const open = body.indexOf("{", i);
    if (open < 0) break;
    const end = close(body, open);
    branches[body.slice(i, open).trim()] = body.slice(open + 1, end);
    i = end + 1;
  }
  const word = choice[2] === "plural" ? (v === 1 ? "one" : "other") : v;
  const chosen = branches[`=${v}`] ?? branches[word] ?? branches["other"] ?? "";
  return fill(choice[2] === "plural" ? chosen.replaceAll("#", shown) : chosen, values, print);
}

/** Where the brace that opens at i is closed. */
function close(text: string, i: number): number {
  let depth = 0;
  for (; i < text.length; i++) {
    if (text[i] === "{") depth++;
    else if (text[i] === "}" && --depth === 0) return i;
  }
  return text.length;
}
