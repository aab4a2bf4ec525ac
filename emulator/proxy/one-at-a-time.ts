/**
 * Lets one task of a key run at a time. moto's threads share their tables without a lock: it answers 500 to one caller
 * who lists roles while another makes one, and gains nothing from answering two at once.
 */
export class OneAtATime {
  private readonly last = new Map<string, Promise<unknown>>();

  public run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(key) ?? Promise.resolve();
    const result = before.then(task, task);
    this.last.set(key, result);
    return result;
  }
}
