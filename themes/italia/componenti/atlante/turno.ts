// Work that can wait, a piece a frame: what is said of a view comes after the
// view itself, and none of it holds the page up.

export interface Turns {
  /** Runs the jobs one after the other, each after a frame of its own; new jobs
   * take the place of those that are left. */
  later(jobs: readonly (() => void)[]): void;
  /** Runs those that are left at once: paper does not wait. */
  now(): void;
}

export function turns(): Turns {
  let left: (() => void)[] = [], turn = 0;
  const next = (mine: number): void => {
    if (left.length) requestAnimationFrame(() => setTimeout(() => {
      if (mine !== turn) return;
      left.shift()?.();
      next(mine);
    }));
  };
  return {
    later(jobs) {
      left = [...jobs];
      next(++turn);
    },
    now() {
      while (left.length) left.shift()!();
    },
  };
}
