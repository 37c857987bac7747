// Work done in pieces: a generator that yields wherever the page may go first.

export type Pieces<T = void> = Generator<void, T>;

/** All of it at once. */
export function whole<T>(work: Pieces<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
