// The range decoder of the maps' files and its models. The format is described,
// and encoded, in Go: internal/pack.

const order = 8; // bytes of the order hash
const enough = 16; // bits of an estimate

// Models are estimates by number: two for each decision, one quick to learn and
// one slow.
export type Model = Uint16Array;

const model = (decisions: number): Model => new Uint16Array(2 * decisions).fill(1 << (enough - 1));

// Bits models decisions that stand for themselves, Whole numbers.
export const bits = model;
const lengths = 32; // a number has up to 31 digits, the first three after the leading one are modelled
export const whole = (): Model => model(lengths + lengths * 8 + 1); // the last is a sign
const signAt = lengths * 9;

export const many = (n: number): Model[] => Array.from({ length: n }, whole);

export const damaged = (): Error => new Error("damaged");

export class Reader {
  readonly order: string;
  private at = 4 + order;
  private range = 0xffffffff;
  private code = 0;

  constructor(
    private readonly bytes: Uint8Array,
    kind: "G" | "V",
  ) {
    if (bytes.length < this.at || String.fromCharCode(...bytes.subarray(0, 4)) !== `mp\x01${kind}`) throw new Error("foreign");
    this.order = Array.from(bytes.subarray(4, this.at), (b) => b.toString(16).padStart(2, "0")).join("");
    for (let i = 0; i < 4; i++) this.next();
  }

  private next(): void {
    if (this.at >= this.bytes.length) throw new Error("truncated");
    this.code = ((this.code << 8) | this.bytes[this.at++]!) >>> 0;
  }

  bit(m: Model, i: number): number {
    const a = m[2 * i]!;
    const b = m[2 * i + 1]!;
    const bound = (this.range >>> 12) * Math.min(Math.max((a + b) >>> 5, 1), 4095);
    let v = 0;
    if (this.code < bound) {
      this.range = bound;
      m[2 * i] = a + ((0xffff - a) >> 4);
      m[2 * i + 1] = b + ((0xffff - b) >> 6);
    } else {
      this.code -= bound;
      this.range -= bound;
      m[2 * i] = a - (a >> 4);
      m[2 * i + 1] = b - (b >> 6);
      v = 1;
    }
    this.renew();
    return v;
  }

  private renew(): void {
    while (this.range < 0x1000000) {
      this.range = (this.range << 8) >>> 0;
      this.next();
    }
  }

  private raw(): number {
    this.range >>>= 1;
    const v = this.code >= this.range ? 1 : 0;
    if (v) this.code -= this.range;
    this.renew();
    return v;
  }

  // whole reads a number from 0 to 2³¹-1.
  whole(m: Model): number {
    let node = 1;
    while (node < lengths) node = (node << 1) | this.bit(m, node);
    const n = node - lengths;
    if (!n) return 0;
    let v = 1;
    for (let left = n - 1; left > 0; left--) v = v * 2 + (v < 8 ? this.bit(m, lengths + (n << 3) + v) : this.raw());
    return v;
  }

  signed(m: Model): number {
    const v = this.whole(m);
    return v && this.bit(m, signAt) ? -v : v;
  }

  // end throws unless all was read.
  end(): void {
    if (this.at < this.bytes.length) throw damaged();
  }
}
