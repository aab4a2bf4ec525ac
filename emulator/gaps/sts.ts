import { randomBytes } from "node:crypto";
import type { AssumedRole, Callers } from "../proxy/callers";
import type { AwsRequest, Forward, Gap, Handlers, Reply } from "../proxy/gap";
import { editXml } from "../wire/reply";
import { objects, text } from "../wire/json";
import { element, find, findAll, setChild, textOf } from "../wire/xml";

/**
 * moto does not use the account of an assumed role for its credentials when it has a default account; affects a provider or
 * an S3 backend with `assume_role` in another account.
 */
export function sts(callers: Callers): Gap {
  const assumeRole = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editXml(await forward(), (root) => {
      const [result] = findAll(root, `${request.operation}Result`);
      const arn = request.form.get("RoleArn") ?? "";
      const account = /^arn:[^:]+:iam::(\d{12}):/.exec(arn)?.[1];
      if (!result || account === undefined) return;
      const session = request.form.get("RoleSessionName") ?? "";
      callers.assign(textOf(result, "Credentials", "AccessKeyId"), {
        account,
        arn: `arn:aws:sts::${account}:assumed-role/${arn.split("/").at(-1) ?? ""}/${session}`,
        role: { arn, ...sessionOf(request) },
      });
    });
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
        const credentials = find(root, "GetSessionTokenResult", "Credentials");
        if (!credentials || !isUser(request)) return;
        const accessKeyId = `ASIA${randomBytes(8).toString("hex").toUpperCase()}`;
        setChild(credentials, element("AccessKeyId", accessKeyId));
        callers.assign(accessKeyId, request.caller);
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

/** What limits and describes a session besides its role. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
function sessionOf({ form, api }: AwsRequest): Omit<AssumedRole, "arn"> {
  const { PolicyArns, Tags } = api?.input ?? {};
  return {
    sessionPolicy: form.get("Policy") ?? undefined,
    sessionPolicyArns: objects(PolicyArns).map(({ arn }) => text(arn)),
    sessionTags: Object.fromEntries(objects(Tags).map(({ Key, Value }) => [text(Key), text(Value)])),
  };
}
