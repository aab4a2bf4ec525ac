import { isJsonObject, text } from "../wire/json";
import { permits } from "./permissions";
import type { Rule, RuleCall } from "./rule";
import { trustsService } from "./trust";

const service = "cognito-idp";
const operations = ["CreateUserPool", "UpdateUserPool", "SetUserPoolMfaConfig"];
const source =
  "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-email-phone-verification.html";

/** Rules on the role with which Cognito sends text messages. */
export const smsRules: readonly Rule[] = [
  {
    name: "sms-role-trust",
    service,
    operations,
    code: "InvalidSmsRoleTrustRelationshipException",
    rule: "The role for text messages must trust cognito-idp.amazonaws.com.",
    source,
    refuse: async (call) => {
      const { role, externalId } = smsOf(call);
      const assumption = { source: `userpool/${text(call.input.UserPoolId) || "*"}`, externalId };
      return role === "" || (await trustsService(call, role, "cognito-idp.amazonaws.com", assumption))
        ? undefined
        : "Role does not have a trust relationship allowing Cognito to assume the role";
    },
  },
  {
    name: "sms-role-permissions",
    service,
    operations,
    code: "InvalidSmsRoleAccessPolicyException",
    rule: "The role for text messages must be allowed to publish with Amazon SNS.",
    source,
    refuse: async (call) => {
      const { role } = smsOf(call);
      return role === "" || (await permits(call, role, "sns:Publish", "*"))
        ? undefined
        : "Role does not have permission to publish with SNS";
    },
  },
];

function smsOf({ input }: RuleCall): { readonly role: string; readonly externalId?: string } {
  const { SmsConfiguration, SmsMfaConfiguration } = input;
  const mfa = isJsonObject(SmsMfaConfiguration) ? SmsMfaConfiguration.SmsConfiguration : undefined;
  const sms = SmsConfiguration ?? mfa;
  if (!isJsonObject(sms)) return { role: "" };
  return { role: text(sms.SnsCallerArn), externalId: text(sms.ExternalId) || undefined };
}
