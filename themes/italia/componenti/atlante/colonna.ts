// A column: the values of one indicator at one date (internal/pack).
import { damaged, many, Reader, whole } from "./intervalli.ts";
import type { Column } from "./tipi.ts";

const tables = 6;
const mostKinds = 11;
const mostComuni = 1 << 16;
const mostCells = 1 << 20;
const mostDecimals = 6;

export function decodeColumn(bytes: Uint8Array): Column {
  const r = Reader.of(bytes);
  r.begin("V");
  const header = whole();
  const decimals = r.signed(header);
  const n = r.signed(header);
  const sizes = Array.from({ length: tables }, () => r.signed(header));
  if (decimals < 0 || decimals > mostDecimals || n < 0 || n > mostComuni || sizes.some((s) => s < 0 || s > mostCells)) throw damaged();
  const decimal = (few: Uint16Array, digits: Uint16Array): number => {
    const d = decimals && r.whole(few);
    if (d > decimals) throw damaged();
    return r.signed(digits) / 10 ** d;
  };
  const kind = (m: Uint16Array): number => {
    const k = r.whole(m);
    if (k >= mostKinds) throw damaged();
    return k;
  };

  const comuni = new Float64Array(n).fill(NaN);
  const kinds = new Uint8Array(n);
  const [after, afterNone] = [whole(), whole()];
  const [few, digits] = [whole(), whole()];
  let known = false;
  for (let i = 0; i < n; i++) {
    const k: number = kind(known ? after : afterNone);
    kinds[i] = k;
    known = !k;
    if (known) comuni[i] = decimal(few, digits);
  }
  const cells = sizes.flatMap((size) => {
    const [ofKind, few, digits, ofBase] = many(4) as [Uint16Array, Uint16Array, Uint16Array, Uint16Array];
    return Array.from({ length: size }, () => {
      const k = kind(ofKind);
      return { kind: k, value: k ? NaN : decimal(few, digits), base: r.whole(ofBase) };
    });
  });
  r.end();
  return { order: r.order, comuni, kinds, cells, tables: sizes };
}
