// The words of the catalogue with the values put in, as messages are written
// in lingue/*.yaml: {name}, {n, plural, =0{…} one{…} other{#…}} and
// {x, select, a{…} other{…}}. In a choice may stand a value, not another choice.

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
  const shown = (k: string): string => (typeof values[k] === "number" ? print(values[k]) : (values[k] ?? ""));
  return text
    .replace(/\{(\w+)\}/g, (all, k: string) => (k in values ? shown(k) : all))
    .replace(/\{(\w+), \w+, ((?:[^\s{}]+\{[^{}]*\}\s*)+)\}/g, (_, k: string, of: string) => {
      const v = values[k], texts = Object.fromEntries(of.split("}").map((x) => x.trim().split("{"))) as Record<string, string>;
      return (texts["=" + v] ?? texts[v === 1 ? "one" : v!] ?? texts["other"] ?? "").replaceAll("#", shown(k));
    });
}
