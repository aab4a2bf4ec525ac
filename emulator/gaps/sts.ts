import type { Accounts } from "../proxy/call";
import type { AwsRequest, Forward, Gap, Reply } from "../proxy/gap";
import { editXml } from "../wire/reply";
import { findAll, textOf } from "../wire/xml";

/**
 * moto does not use the account of an assumed role for its credentials when it has a default account; affects a provider or
 * an S3 backend with `assume_role` in another account.
 */
export function sts(accounts: Accounts): Gap {
  const assumeRole = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editXml(await forward(), (root) => {
      const [result] = findAll(root, `${request.operation}Result`);
      const accountId = /^arn:[^:]+:iam::(\d{12}):/.exec(request.form.get("RoleArn") ?? "")?.[1];
      if (result && accountId) accounts.assign(textOf(result, "Credentials", "AccessKeyId"), accountId);
    });
  return {
    service: "sts",
    handlers: { AssumeRole: assumeRole, AssumeRoleWithWebIdentity: assumeRole, AssumeRoleWithSAML: assumeRole },
  };
}
