/** Which account an access key belongs to: those of assumed roles to the role's, all others to the default one. */
export class Accounts {
  private readonly keys = new Map<string, string>();

  constructor(private readonly defaultAccountId: string) {}

  /** Remembers the account of temporary credentials. */
  learn(accessKeyId: string, accountId: string): void {
    this.keys.set(accessKeyId, accountId);
  }

  /** The account in which a call with this key lands. */
  of(accessKeyId: string): string {
    return this.keys.get(accessKeyId) ?? this.defaultAccountId;
  }

  forget(): void {
    this.keys.clear();
  }
}
