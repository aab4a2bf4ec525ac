/** A rule of a composite alarm that was read. */
export interface AlarmRule {
  /** Names or ARNs of the alarms in it. */
  readonly alarms: readonly string[];
  /** What does not belong to the grammar. @default - the rule is valid */
  readonly problem?: string;
}

interface Token {
  readonly text: string;
  readonly position: number;
}

const states = ["ALARM", "OK", "INSUFFICIENT_DATA"];

/**
 * Reads the rule of a composite alarm, for example `ALARM("a") AND NOT (OK(b) OR FALSE)`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function readAlarmRule(rule: string): AlarmRule {
  const reader = new Reader(rule);
  try {
    reader.expression();
    reader.end();
    return { alarms: reader.alarms };
  } catch (error) {
    if (error instanceof RuleError) return { alarms: reader.alarms, problem: error.message };
    throw error;
  }
}

class RuleError extends Error {}

class Reader {
  public readonly alarms: string[] = [];
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(rule: string) {
    this.tokens = [...rule.matchAll(/"(?:[^"\\]|\\.)*"|[(),]|[^\s(),"]+|"/g)].map((match) => ({
      text: match[0],
      position: match.index,
    }));
  }

  expression(): void {
    this.term();
    while (this.is("AND") || this.is("OR")) {
      this.next += 1;
      this.term();
    }
  }

  end(): void {
    if (this.token !== undefined) this.fail();
  }

  private term(): void {
    if (this.take("NOT")) {
      this.term();
    } else if (this.take("(")) {
      this.expression();
      this.expect(")");
    } else if (this.take("AT_LEAST")) {
      this.atLeast();
    } else if (!this.take("TRUE") && !this.take("FALSE")) {
      this.state();
      this.expect("(");
      this.alarm();
      this.expect(")");
    }
  }

  /** `AT_LEAST(2, ALARM, (a, b, c))` or `AT_LEAST(50%, NOT OK, (a, b))`. */
  private atLeast(): void {
    this.expect("(");
    if (!/^\d+%?$/.test(this.token?.text ?? "")) this.fail();
    this.next += 1;
    this.expect(",");
    this.take("NOT");
    this.state();
    this.expect(",");
    this.expect("(");
    do this.alarm();
    while (this.take(","));
    this.expect(")");
    this.expect(")");
  }

  private state(): void {
    if (!states.some((state) => this.take(state))) this.fail();
  }

  private alarm(): void {
    const { token } = this;
    if (token === undefined || ["(", ")", ",", '"', '""'].includes(token.text)) this.fail();
    this.alarms.push(token.text.replace(/^"(.*)"$/s, "$1"));
    this.next += 1;
  }

  private get token(): Token | undefined {
    return this.tokens[this.next];
  }

  private is(word: string): boolean {
    return this.token?.text.toUpperCase() === word;
  }

  private take(word: string): boolean {
    if (!this.is(word)) return false;
    this.next += 1;
    return true;
  }

  private expect(word: string): void {
    if (!this.take(word)) this.fail(`, must be: '${word}'`);
  }

  private fail(hint = ""): never {
    const { token } = this;
    throw new RuleError(
      token === undefined ? "Unexpected end" : `Unsupported token '${token.text}' at char ${token.position}${hint}`,
    );
  }
}
