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
  // Range and code as 32 bits, in an array of their own: a field that leaves 31
  // bits would be boxed.
  private readonly now = new Int32Array([-1, 0]);

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
    while (this.at < 12 + 4) this.now[1] = (this.now[1]! << 8) | this.bytes[this.at++]!;
    this.came();
  }

  /** Throws where more was read than there is; it read as zeros. */
  private came(): void {
    if (this.at > this.length) throw new Error("truncated");
  }

  /** Goes down a tree of decisions to one of its leaves; the decision of its
   * node 1 is root + 1. All of a map goes through here, a million decisions: what
   * changes stands in variables. */
  private walk(m: Model, root: number, leaves: number): number {
    const { bytes, now } = this;
    let range = now[0]!, code = now[1]!, at = this.at, node = 1;
    while (node < leaves) {
      const i = 2 * (root + node), a = m[i]!, b = m[i + 1]!;
      const bound = Math.imul(range >>> 12, (a + b) >>> 5);
      node <<= 1;
      if (code >>> 0 < bound >>> 0) {
        m[i] = a + ((0xffff - a) >> 4);
        m[i + 1] = b + ((0xffff - b) >> 6);
        range = bound;
      } else {
        m[i] = a - (a >> 4);
        m[i + 1] = b - (b >> 6);
        range = (range - bound) | 0;
        code = (code - bound) | 0;
        node++;
      }
      while (!(range >>> 24)) {
        range <<= 8;
        code = (code << 8) | bytes[at++]!;
      }
    }
    now[0] = range;
    now[1] = code;
    this.at = at;
    this.came();
    return node - leaves;
  }

  bit(m: Model, i: number): number {
    return this.walk(m, i - 1, 2);
  }

  /** A digit that is as likely as not. */
  private raw(): number {
    const { now } = this;
    const half = (now[0]! >>>= 1), v = now[1]! >>> 0 >= half ? 1 : 0;
    if (v) now[1]! -= half;
    if (!(half >>> 24)) {
      now[0]! <<= 8;
      now[1] = (now[1]! << 8) | this.bytes[this.at++]!;
      this.came();
    }
    return v;
  }

  // whole reads a number from 0 to 2³¹-1.
  whole(m: Model): number {
    let n = this.walk(m, 0, short);
    if (n === short - 1) n = this.walk(m, longAt, lengths);
    if (!n) return 0;
    const modelled = Math.min(n - 1, 3);
    let v = (1 << modelled) + this.walk(m, digitsAt + (n << 3), 1 << modelled);
    for (let left = n - 1 - modelled; left > 0; left--) v = v * 2 + this.raw();
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
