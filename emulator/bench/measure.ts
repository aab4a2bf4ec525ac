/** Something whose time is measured. */
export type Task = () => Promise<unknown>;

/**
 * The median milliseconds of each task. Each round runs all tasks, so that a slow phase of the machine affects each of
 * them.
 */
export async function medianTimes(tasks: readonly Task[], rounds: number): Promise<readonly number[]> {
  const times = tasks.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      const start = performance.now();
      await task();
      times[index]?.push(performance.now() - start);
    }
  }
  return times.map(median);
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
