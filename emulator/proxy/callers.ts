/** Who makes a call. */
export interface Caller {
  readonly account: string;
  /** ARN, as GetCallerIdentity returns it. */
  readonly arn: string;
  /** The assumed role. @default - the caller that may do everything */
  readonly role?: AssumedRole;
}

/** The role of temporary credentials. */
export interface AssumedRole {
  readonly arn: string;
  /** Policy of the session, which limits those of the role. @default - the session has no limits of its own */
  readonly sessionPolicy?: string;
  /** ARNs of managed policies that limit the session in the same way. @default - none */
  readonly sessionPolicyArns?: readonly string[];
  /** Tags of the session, which override those of the role. @default - none */
  readonly sessionTags?: Readonly<Record<string, string>>;
}

/** The caller of each access key: the role's session for its temporary credentials, the default caller for all others. */
export class Callers {
  private readonly sessions = new Map<string, Caller>();

  constructor(private readonly defaultAccountId: string) {}

  /** Assigns temporary credentials to the session of a role. */
  assign(accessKeyId: string, caller: Caller): void {
    this.sessions.set(accessKeyId, caller);
  }

  of(accessKeyId: string): Caller {
    const account = this.defaultAccountId;
    return this.sessions.get(accessKeyId) ?? { account, arn: `arn:aws:iam::${account}:root` };
  }

  /** The default account, and those of the assumed roles. */
  accounts(): readonly string[] {
    return [...new Set([this.defaultAccountId, ...[...this.sessions.values()].map(({ account }) => account)])];
  }

  clear(): void {
    this.sessions.clear();
  }
}
