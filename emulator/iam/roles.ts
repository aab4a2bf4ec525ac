import { isSuccess } from "../wire/reply";
import type { Reply } from "../proxy/gap";
import { text, type JsonObject } from "../wire/json";
import type { Ask } from "./call";
import { readRole, type Role } from "./role";
import { readUser, type User, type UserName } from "./user";

/** A role by its account and name, which its ARN contains. */
export interface RoleName {
  readonly account: string;
  readonly name: string;
}

/** What was before a write to IAM, and until when it is in effect. */
interface Earlier {
  readonly role: Role | undefined;
  readonly until: number;
}

/**
 * The roles and users of the emulated IAM, as the evaluation of policies and the services that assume them see them: IAM is
 * eventually consistent, so that a write takes effect some seconds later.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html#troubleshoot_general_eventual-consistency
 */
export class Roles {
  private readonly cache = new Map<string, Promise<Role | undefined>>();
  private readonly earlier = new Map<string, Earlier[]>();
  private readonly users = new Map<string, Promise<User | undefined>>();
  private readonly profiles = new Map<string, number>();

  /**
   * @param ask calls AWS with full permissions, in an account
   * @param delaySeconds time until a write takes effect
   */
  constructor(
    private readonly ask: (account: string) => Ask,
    private readonly delaySeconds = 0,
  ) {}

  /** A role with what is in effect; undefined when it does not exist, or not yet. */
  public async inEffect(role: RoleName): Promise<Role | undefined> {
    const now = performance.now();
    const earlier = this.earlier.get(keyOf(role))?.find(({ until }) => until > now);
    return earlier ? earlier.role : this.current(role);
  }

  /** A role as IAM has it; undefined when it does not exist. */
  public current(role: RoleName): Promise<Role | undefined> {
    const key = keyOf(role);
    const known = this.cache.get(key);
    if (known) return known;
    const reading = readRole(role.name, this.ask(role.account));
    this.cache.set(key, reading);
    // A service may create a role without a call that passes here.
    return reading.then((found) => {
      if (found === undefined && this.cache.get(key) === reading) this.cache.delete(key);
      return found;
    });
  }

  /** A user as IAM has it; undefined when it does not exist. */
  public user(user: UserName): Promise<User | undefined> {
    const key = keyOf(user);
    const known = this.users.get(key) ?? readUser(user.name, this.ask(user.account));
    this.users.set(key, known);
    return known;
  }

  /** Whether the last write to an instance profile is in effect. */
  public profileInEffect({ account, name }: RoleName): boolean {
    return (this.profiles.get(keyOf({ account, name })) ?? 0) <= performance.now();
  }

  /** Makes a write to IAM, after which the roles that it may change, and all users, are read again. */
  public async write(account: string, input: JsonObject, send: () => Promise<Reply>): Promise<Reply> {
    const keys = this.changedBy(account, input);
    const before = this.delaySeconds > 0 ? await Promise.all(keys.map((key) => this.read(nameOf(key)))) : [];
    const reply = await send();
    for (const key of keys) this.cache.delete(key);
    // Groups and managed policies change users, too.
    this.users.clear();
    if (this.delaySeconds > 0 && isSuccess(reply)) {
      const until = performance.now() + this.delaySeconds * 1000;
      keys.forEach((key, index) => this.earlier.set(key, [...this.unexpired(key), { role: before[index], until }]));
      const profile = text(input.InstanceProfileName);
      if (profile !== "") this.profiles.set(keyOf({ account, name: profile }), until);
    }
    return reply;
  }

  /** Forgets everything. */
  public clear(): void {
    for (const each of [this.cache, this.earlier, this.users, this.profiles]) each.clear();
  }

  /** A role whose permissions are read, so that they remain what they are now. */
  private async read(name: RoleName): Promise<Role | undefined> {
    const role = await this.current(name);
    await role?.permissions();
    return role;
  }

  // A write to a managed policy may change every role that has it.
  private changedBy(account: string, { RoleName: name, PolicyArn: policy }: JsonObject): readonly string[] {
    if (text(name) !== "") return [keyOf({ account, name: text(name) })];
    return policy === undefined ? [] : [...this.cache.keys()].filter((key) => nameOf(key).account === account);
  }

  private unexpired(key: string): readonly Earlier[] {
    const now = performance.now();
    return (this.earlier.get(key) ?? []).filter(({ until }) => until > now);
  }
}

/** The account and the name in the ARN of a role; undefined for any other text. */
export function roleNameOf(arn: string): RoleName | undefined {
  const [, account, name] = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  return account === undefined || name === undefined ? undefined : { account, name };
}

function keyOf({ account, name }: RoleName): string {
  return `${account} ${name}`;
}

function nameOf(key: string): RoleName {
  const [account = "", name = ""] = key.split(" ");
  return { account, name };
}
