import type { Accounts } from "../proxy/accounts";
import type { AwsRequest, Forward, Gap, Reply } from "../proxy/gap";
import { editXml } from "../wire/edit";
import { findAll, textOf } from "../wire/xml";

/**
 * moto issues credentials of an assumed role but looks for their account in its own way only without a default account;
 * shown by a provider or an S3 backend with `assume_role` in another account.
 */
export function sts(accounts: Accounts): Gap {
  const learn = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editXml(await forward(), (root) => {
      const [result] = findAll(root, `${request.operation}Result`);
      const accountId = /^arn:[^:]+:iam::(\d{12}):/.exec(request.form.get("RoleArn") ?? "")?.[1];
      if (result && accountId) accounts.learn(textOf(result, "Credentials", "AccessKeyId"), accountId);
    });
  return {
    service: "sts",
    handlers: { AssumeRole: learn, AssumeRoleWithWebIdentity: learn, AssumeRoleWithSAML: learn },
  };
}
