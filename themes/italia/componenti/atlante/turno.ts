// Work that can wait, a piece a frame: what is said of a view comes after the
// view itself, and none of it holds the page up.

/** Runs the jobs one after the other, each after a frame of its own; new jobs
 * take the place of those that are left. */
export function turns(): (jobs: readonly (() => void)[]) => void {
  let turn = 0;
  return (jobs) => {
    const mine = ++turn;
    const next = (n: number): void => {
      if (n < jobs.length) requestAnimationFrame(() => setTimeout(() => {
        if (mine !== turn) return;
        jobs[n]!();
        next(n + 1);
      }));
    };
    next(0);
  };
}
