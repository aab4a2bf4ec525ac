import { each, type Rules } from "../rule";
import { documentType } from "./statements";

/** IAM roles. */
export const roleRules = {
  "role-managed-policy": {
    severity: "high",
    why: "A policy that allows everything of a service was written for people, not for programs.",
    source: "CKV_AWS_274, IAM.1",
    mend: "write a policy that names what the role needs",
    check: each("aws_iam_role_policy_attachment", (attachment) => {
      const policy = attachment.text("policy_arn").split("/").at(-1) ?? "";
      return (
        /FullAccess$|^AdministratorAccess|^PowerUserAccess$|^IAMFullAccess$/.test(policy) && `gives its role ${policy}`
      );
    }),
  },
  "role-trust": {
    severity: "high",
    why: "Terraform plans a role that nobody can assume.",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    mend: `let assume_role_policy be a ${documentType} that names who assumes the role`,
    check: each("aws_iam_role", (role, stack) => {
      const trusted = stack
        .targets(role, "assume_role_policy", documentType)
        .flatMap((document) => document.blocks("statement"))
        .some(
          (statement) =>
            statement.texts("actions").some((action) => action.startsWith("sts:AssumeRole")) &&
            statement.blocks("principals").some((principal) => principal.texts("identifiers").length > 0),
        );
      return !trusted && "trusts nobody";
    }),
  },
} satisfies Rules;
