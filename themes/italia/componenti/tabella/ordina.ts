// Sorting the rows of a table: values and their order, nothing of the page.

export type Direction = "ascending" | "descending";

// Cell is what a row is sorted by: a number, a word, or nothing known. What is
// not known comes last in both directions.
export type Cell = number | string | undefined;

export function cell(value: string | undefined, text: string, numeric: boolean): Cell {
  const raw = (value ?? text).trim();
  if (raw === "") return undefined;
  if (!numeric) return raw;
  const n = Number(raw);
  return Number.isNaN(n) ? undefined : n;
}

// order is the positions of the rows once sorted; equal rows keep their order.
export function order(cells: readonly Cell[], direction: Direction, locale: string): number[] {
  const words = new Intl.Collator(locale);
  const sign = direction === "ascending" ? 1 : -1;
  return cells
    .map((_, i) => i)
    .sort((i, j) => {
      const [a, b] = [cells[i], cells[j]];
      if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined) || i - j;
      const d = typeof a === "number" && typeof b === "number" ? a - b : words.compare(String(a), String(b));
      return sign * d || i - j;
    });
}

// next is the direction after a click: numbers begin with the largest.
export function next(now: string | null, numeric: boolean): Direction {
  if (now === "ascending") return "descending";
  if (now === "descending") return "ascending";
  return numeric ? "descending" : "ascending";
}
