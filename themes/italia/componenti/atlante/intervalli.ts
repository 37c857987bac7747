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
// A whole number's model is that of its count of digits (a tree of 8 leaves, and
// one of 32 for what is longer), of its digits after the first (8 for each
// count), and of a sign.
const short = 8;
const lengths = 32;
const longAt = short;
const digitsAt = short + lengths;
const signAt = digitsAt + lengths * 8;
export const whole = (): Model => model(signAt + 1);

export const many = (n: number): Model[] => Array.from({ length: n }, whole);

export const damaged = (): Error => new Error("damaged");

/** What is asked for at once, a face or a header, is shorter than this in the
 * files as they are; where one is not, it is read again from the beginning. */
const ahead = 4096;

export class Reader {
  order = "";
  private at = 4 + order;
  // Range and code, in an array of their own: a field that leaves 31 bits would
  // be boxed at each step.
  private readonly now = new Uint32Array([0xffffffff, 0]);

  /** Of a file that is there, or of one that comes in pieces. */
  constructor(private bytes: Uint8Array = new Uint8Array(1 << 17), private length = 0, private ended = false) {}

  static of(bytes: Uint8Array): Reader {
    return new Reader(bytes, bytes.length, true);
  }

  /** Takes the next piece; none is the end. */
  add(piece?: Uint8Array): void {
    if (!piece) {
      this.ended = true;
      return;
    }
    const to = this.length + piece.length;
    if (to > this.bytes.length) {
      const more = new Uint8Array(2 * to);
      more.set(this.bytes.subarray(0, this.length));
      this.bytes = more;
    }
    this.bytes.set(piece, this.length);
    this.length = to;
  }

  /** What came so far. */
  all(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** More has to come before a face can be read. */
  scarce(): boolean {
    return !this.ended && this.length - this.at < ahead;
  }

  begin(kind: "G" | "V"): void {
    const { bytes } = this;
    if (this.length < this.at || String.fromCharCode(...bytes.subarray(0, 4)) !== `mp\x01${kind}`) throw new Error("foreign");
    this.order = Array.from(bytes.subarray(4, this.at), (b) => b.toString(16).padStart(2, "0")).join("");
    for (let i = 0; i < 4; i++) this.next();
  }

  private next(): void {
    if (this.at >= this.length) throw new Error("truncated");
    this.now[1] = (this.now[1]! << 8) | this.bytes[this.at++]!;
  }

  bit(m: Model, i: number): number {
    const now = this.now;
    const a = m[2 * i]!;
    const b = m[2 * i + 1]!;
    const range = now[0]!;
    const code = now[1]!;
    const bound = (range >>> 12) * Math.min(Math.max((a + b) >>> 5, 1), 4095);
    if (code < bound) {
      m[2 * i] = a + ((0xffff - a) >> 4);
      m[2 * i + 1] = b + ((0xffff - b) >> 6);
      now[0] = bound;
      this.renew();
      return 0;
    }
    m[2 * i] = a - (a >> 4);
    m[2 * i + 1] = b - (b >> 6);
    now[0] = range - bound;
    now[1] = code - bound;
    this.renew();
    return 1;
  }

  private renew(): void {
    while (this.now[0]! < 0x1000000) {
      this.now[0]! <<= 8;
      this.next();
    }
  }

  private raw(): number {
    const half = (this.now[0]! >>>= 1);
    const v = this.now[1]! >= half ? 1 : 0;
    if (v) this.now[1]! -= half;
    this.renew();
    return v;
  }

  private tree(m: Model, at: number, leaves: number): number {
    let node = 1;
    while (node < leaves) node = (node << 1) | this.bit(m, at + node);
    return node - leaves;
  }

  // whole reads a number from 0 to 2³¹-1.
  whole(m: Model): number {
    let n = this.tree(m, 0, short);
    if (n === short - 1) n = this.tree(m, longAt, lengths);
    if (!n) return 0;
    let v = 1;
    for (let left = n - 1; left > 0; left--) v = v * 2 + (v < 8 ? this.bit(m, digitsAt + (n << 3) + v) : this.raw());
    return v;
  }

  signed(m: Model): number {
    const v = this.whole(m);
    return v && this.bit(m, signAt) ? -v : v;
  }

  // end throws unless all was read.
  end(): void {
    if (this.at < this.length) throw damaged();
  }
}
