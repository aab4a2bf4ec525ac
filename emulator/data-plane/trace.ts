/** What a request passes on its way, for the headers of the answer. */
export class Trace {
  private readonly hops: string[] = [];
  private readonly skipped = new Set<string>();
  private message: string | undefined;

  /** Adds what the request passes, such as "alb:orders/listener:80/rule:10". */
  hop(name: string): void {
    this.hops.push(name);
  }

  /** Adds what the real AWS would evaluate, and the emulator does not. */
  notEvaluated(what: string): void {
    this.skipped.add(what);
  }

  /** Sets why the emulator itself answers with an error. */
  because(reason: string): void {
    this.message ??= reason;
  }

  /** The headers of the answer: the hops, what is not evaluated, and the reason of an error. */
  headers(): Record<string, string> {
    return {
      "x-emulator-path": header(this.hops.join("/")),
      ...(this.skipped.size > 0 && { "x-emulator-not-evaluated": header([...this.skipped].join(", ")) }),
      ...(this.message !== undefined && { "x-emulator-reason": header(this.message) }),
    };
  }
}

// A header has one line of visible ASCII: https://www.rfc-editor.org/rfc/rfc9110#name-field-values
function header(value: string): string {
  return value.replace(/\s+/g, " ").replace(/[^\x20-\x7e]/g, "?");
}
