const plan = /Plan: (\d+) to add, (\d+) to change, (\d+) to destroy/;
const start = /(\S+): (Creating|Modifying|Destroying)\.\.\./;
const end = /(\S+): (?:Creation|Modifications|Destruction) complete after/;

const phases: readonly (readonly [RegExp, string])[] = [
  [/Synthesizing/, "synthesizing"],
  [/Initializing the backend/, "connecting to the state"],
  [/Initializing provider plugins/, "installing the AWS provider"],
  [/has been successfully initialized/, "planning"],
];

/** How far Terraform is, by what it prints while it applies or destroys. */
export class TerraformProgress {
  /** What happens before anything is created or destroyed. */
  public phase = "starting";
  /** Resources that the plan touches; undefined until it is known. */
  public total: number | undefined;
  public done = 0;
  private readonly startTimes = new Map<string, number>();

  /** Takes a line of output, with or without cdktf's prefix. */
  public read(line: string, now = Date.now()): void {
    this.phase = phases.find(([pattern]) => pattern.test(line))?.[1] ?? this.phase;
    const counts = plan.exec(line);
    if (counts) this.total = counts.slice(1).reduce((sum, count) => sum + Number(count), 0);
    const started = start.exec(line)?.[1];
    if (started !== undefined) this.startTimes.set(started, now);
    const ended = end.exec(line)?.[1];
    if (ended !== undefined && this.startTimes.delete(ended)) this.done += 1;
  }

  /** The resources at work, those that take longest first. */
  public active(now = Date.now()): readonly { readonly address: string; readonly seconds: number }[] {
    return [...this.startTimes].map(([address, since]) => ({ address, seconds: Math.floor((now - since) / 1000) }));
  }
}
