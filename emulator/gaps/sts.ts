import { randomBytes } from "node:crypto";
import type { AssumedRole, Caller, Callers } from "../proxy/callers";
import type { AwsRequest, Forward, Gap, Handlers, Reply } from "../proxy/gap";
import { editXml, queryError } from "../wire/reply";
import { list, objects, text } from "../wire/json";
import { element, find, findAll, setChild, textOf, type Element } from "../wire/xml";

/**
 * moto does not use the account of an assumed role for its credentials when it has a default account; affects a provider or
 * an S3 backend with `assume_role` in another account.
 */
export function sts(callers: Callers): Gap {
  const assumeRole = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const inherited = inheritedTag(request);
    if (inherited !== undefined) {
      return queryError("ValidationError", `The session tag ${inherited} is inherited, and cannot be set again.`);
    }
    return editXml(await forward(), (root) => {
      const [result] = findAll(root, `${request.operation}Result`);
      const arn = request.form.get("RoleArn") ?? "";
      const account = /^arn:[^:]+:iam::(\d{12}):/.exec(arn)?.[1];
      if (!result || account === undefined) return;
      const session = request.form.get("RoleSessionName") ?? "";
      const role = { arn, ...sessionOf(request) };
      const { sourceIdentity } = role;
      if (sourceIdentity !== undefined) setChild(result, element("SourceIdentity", sourceIdentity));
      callers.assign(textOf(result, "Credentials", "AccessKeyId"), {
        account,
        arn: `arn:aws:sts::${account}:assumed-role/${arn.split("/").at(-1) ?? ""}/${session}`,
        role,
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html: not in the session
        ...issued(result, false),
      });
    });
  };
  return {
    service: "sts",
    handlers: {
      AssumeRole: assumeRole,
      AssumeRoleWithWebIdentity: assumeRole,
      AssumeRoleWithSAML: assumeRole,
      ...ofUsers(callers),
    },
  };
}

/** moto gives every caller the same temporary credentials, and does not know whose they are. */
function ofUsers(callers: Callers): Handlers {
  return {
    GetSessionToken: async (request, forward) =>
      editXml(await forward(), (root) => {
        const result = find(root, "GetSessionTokenResult");
        const credentials = result && find(result, "Credentials");
        if (!credentials || !isUser(request)) return;
        const accessKeyId = `ASIA${randomBytes(8).toString("hex").toUpperCase()}`;
        setChild(credentials, element("AccessKeyId", accessKeyId));
        callers.assign(accessKeyId, { ...request.caller, ...issued(result, request.form.has("SerialNumber")) });
      }),
    GetCallerIdentity: async (request, forward) =>
      editXml(await forward(), (root) => {
        const identity = find(root, "GetCallerIdentityResult");
        if (identity && isUser(request)) setChild(identity, element("Arn", request.caller.arn));
      }),
  };
}

function isUser({ caller }: AwsRequest): boolean {
  return caller.arn.includes(":user/");
}

/** A tag of the request that the caller's session passes on. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function inheritedTag({ caller, api }: AwsRequest): string | undefined {
  const inherited = Object.keys(caller.role?.transitiveTags ?? {}).map((key) => key.toLowerCase());
  return objects(api?.input.Tags)
    .map(({ Key }) => text(Key))
    .find((key) => inherited.includes(key.toLowerCase()));
}

/** The credentials in a result, as they are issued now. */
function issued(result: Element, withMfa: boolean): Pick<Caller, "secretAccessKey" | "temporary"> {
  const sessionToken = textOf(result, "Credentials", "SessionToken");
  return {
    secretAccessKey: textOf(result, "Credentials", "SecretAccessKey"),
    temporary: { issuedAt: new Date().toISOString(), sessionToken, withMfa },
  };
}

/**
 * What limits and describes a session besides its role; the caller's session passes on its transitive tags and its source
 * identity. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining
 */
function sessionOf({ caller, form, api }: AwsRequest): Omit<AssumedRole, "arn"> {
  const { PolicyArns, Tags, TransitiveTagKeys } = api?.input ?? {};
  const own = objects(Tags).map(({ Key, Value }) => ({ key: text(Key), value: text(Value) }));
  const transitive = list(TransitiveTagKeys).map((key) => text(key).toLowerCase());
  const inherited = caller.role?.transitiveTags ?? {};
  const byKey = (tags: typeof own) => Object.fromEntries(tags.map(({ key, value }) => [key, value]));
  return {
    sessionPolicy: form.get("Policy") ?? undefined,
    sessionPolicyArns: objects(PolicyArns).map(({ arn }) => text(arn)),
    sessionTags: { ...byKey(own), ...inherited },
    transitiveTags: { ...byKey(own.filter(({ key }) => transitive.includes(key.toLowerCase()))), ...inherited },
    sourceIdentity: caller.role?.sourceIdentity ?? form.get("SourceIdentity") ?? undefined,
  };
}
