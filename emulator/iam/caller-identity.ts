import type { TemporaryCredentials } from "../proxy/callers";
import type { FindRole } from "./assumed-role";
import type { Caller } from "./evaluate";
import type { Permissions } from "./identity-policies";
import type { RequestPrincipal } from "./request-context";
import { userNameOf, type FindUser } from "./user";

/** Who makes a call. */
export interface Principal {
  /** ARN as GetCallerIdentity returns it, such as "arn:aws:sts::111122223333:assumed-role/deploy/job". */
  readonly arn: string;
  /** Documents that were passed to AssumeRole. @default - none */
  readonly sessionPolicies?: readonly string[];
  /** ARNs of managed policies that were passed to AssumeRole. @default - none */
  readonly sessionPolicyArns?: readonly string[];
  /** Tags that were passed to AssumeRole. @default - none */
  readonly sessionTags?: Readonly<Record<string, string>>;
  /** Who began the session. @default - not stated */
  readonly sourceIdentity?: string;
  /** @default - the caller has long-term credentials */
  readonly temporary?: TemporaryCredentials;
  /** @default - the key aws:SourceIp is absent */
  readonly sourceIp?: string;
  /** @default - the key aws:UserAgent is absent */
  readonly userAgent?: string;
}

/** The caller of a request, as policies see it. */
export interface CallerIdentity {
  readonly permissions: Permissions;
  /** Names by which a resource-based policy can mean the caller. */
  readonly names: Caller;
  readonly principal: RequestPrincipal;
  /** Condition keys that only some kinds of callers have. */
  readonly context: Readonly<Record<string, string | undefined>>;
}

/** The session of a role or the user that calls; undefined for callers that may do everything, such as the root user. */
export async function callerIdentity(
  { arn, sessionTags, sourceIdentity, temporary, sourceIp, userAgent }: Principal,
  findRole: FindRole,
  findUser: FindUser,
): Promise<CallerIdentity | undefined> {
  const [, account = "", roleName, session = ""] = /:(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
  if (roleName !== undefined) {
    // The session of a role that was deleted has no permissions.
    const role = await findRole({ account, name: roleName });
    const userId = `${role?.id ?? ""}:${session}`;
    const tags = { ...role?.tags, ...sessionTags };
    return {
      permissions: (await role?.permissions()) ?? { identity: [] },
      names: { arn, roleArn: role?.arn },
      principal: { arn: role?.arn ?? arn, type: "AssumedRole", userId, account, tags, sourceIp, userAgent },
      context: { ...ofCredentials(temporary), "aws:SourceIdentity": sourceIdentity },
    };
  }
  const userName = userNameOf(arn);
  if (userName === undefined) return undefined;
  const user = await findUser(userName);
  const described = { type: "User", userId: user?.id ?? "", account: userName.account, tags: user?.tags ?? {} };
  return {
    permissions: (await user?.permissions()) ?? { identity: [] },
    names: { arn },
    principal: { arn, ...described, sourceIp, userAgent },
    context: { ...ofCredentials(temporary), "aws:username": userName.name },
  };
}

/**
 * The condition keys of temporary credentials; requests with long-term ones have none of them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tokenissuetime
 */
function ofCredentials(temporary: TemporaryCredentials | undefined): Readonly<Record<string, string>> {
  if (temporary === undefined) return {};
  const { issuedAt, withMfa } = temporary;
  return {
    "aws:TokenIssueTime": issuedAt,
    "aws:MultiFactorAuthPresent": String(withMfa),
    ...(withMfa && { "aws:MultiFactorAuthAge": String(Math.floor((Date.now() - Date.parse(issuedAt)) / 1000)) }),
  };
}
