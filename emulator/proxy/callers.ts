/** Who makes a call. */
export interface Caller {
  readonly account: string;
  /** ARN, as GetCallerIdentity returns it. */
  readonly arn: string;
  /** The assumed role. @default - the caller is a user, or may do everything */
  readonly role?: AssumedRole;
  /** Whether the access key was deleted or made inactive. @default false */
  readonly isRevoked?: boolean;
  /** The secret of the access key. @default - any secret is taken */
  readonly secretAccessKey?: string;
  /** What temporary credentials have besides. @default - the access key is a long-term one */
  readonly temporary?: TemporaryCredentials;
}

/** What temporary credentials have besides an access key and its secret. */
export interface TemporaryCredentials {
  /** ISO 8601. */
  readonly issuedAt: string;
  readonly sessionToken: string;
  /** Whether the caller used a multi-factor authentication device to get them. */
  readonly withMfa: boolean;
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
  /** Tags of the session that the sessions of further roles inherit. @default - none */
  readonly transitiveTags?: Readonly<Record<string, string>>;
  /** Who began the session, which the sessions of further roles keep. @default - not stated */
  readonly sourceIdentity?: string;
}

/**
 * The caller of each access key: the role's session for its temporary credentials, a user for those that IAM created for
 * it, the default caller for all others.
 */
export class Callers {
  private readonly known = new Map<string, Caller>();

  constructor(private readonly defaultAccountId: string) {}

  /** Assigns credentials to the session of a role, or to a user. */
  assign(accessKeyId: string, caller: Caller): void {
    this.known.set(accessKeyId, caller);
  }

  /** Whether calls with the access key of a user are refused from now on. */
  setRevoked(accessKeyId: string, isRevoked: boolean): void {
    const caller = this.known.get(accessKeyId);
    if (caller) this.known.set(accessKeyId, { ...caller, isRevoked });
  }

  /** Gives the credentials of a user another ARN. */
  rename(arn: string, newArn: string): void {
    for (const [accessKeyId, caller] of this.known) {
      if (caller.arn === arn) this.known.set(accessKeyId, { ...caller, arn: newArn });
    }
  }

  of(accessKeyId: string): Caller {
    const account = this.defaultAccountId;
    return this.known.get(accessKeyId) ?? { account, arn: `arn:aws:iam::${account}:root` };
  }

  /** The default account, and those of assumed roles and users. */
  accounts(): readonly string[] {
    return [...new Set([this.defaultAccountId, ...[...this.known.values()].map(({ account }) => account)])];
  }

  clear(): void {
    this.known.clear();
  }
}
