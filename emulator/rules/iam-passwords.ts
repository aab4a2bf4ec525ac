import { object, text, type JsonObject } from "../wire/json";
import type { Rule } from "./rule";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html#default-policy-details */
const shortest = 8;
const kindsByDefault = 3;

/** Kinds of characters, with the member of the account's policy that requires them. */
const kinds = [
  { member: "RequireUppercaseCharacters", pattern: /[A-Z]/, name: "uppercase letter" },
  { member: "RequireLowercaseCharacters", pattern: /[a-z]/, name: "lowercase letter" },
  { member: "RequireNumbers", pattern: /\d/, name: "number" },
  { member: "RequireSymbols", pattern: /[!@#$%^&*()_+\-=[\]{}|']/, name: "symbol" },
];

/** A password meets the password policy of the account, or that of AWS. */
export const passwordPolicy: Rule = {
  name: "password-policy",
  service: "iam",
  operations: ["ChangePassword", "CreateLoginProfile", "UpdateLoginProfile"],
  code: "PasswordPolicyViolation",
  rule: "A password meets the policy of the account; without one, it has 8 characters of 3 kinds.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
  refuse: async ({ operation, input, ask }) => {
    const password = input[operation === "ChangePassword" ? "NewPassword" : "Password"];
    if (password === undefined) return undefined;
    const { PasswordPolicy: policy } = await ask("GetAccountPasswordPolicy");
    return policy === undefined ? byDefault(text(password)) : byAccount(text(password), object(policy));
  },
};

function byDefault(password: string): string | undefined {
  if (password.length < shortest) return tooShort(shortest);
  return kinds.filter(({ pattern }) => pattern.test(password)).length < kindsByDefault
    ? `Password should have at least ${kindsByDefault} of uppercase letters, lowercase letters, numbers and symbols`
    : undefined;
}

function byAccount(password: string, policy: JsonObject): string | undefined {
  const { MinimumPasswordLength: length } = policy;
  if (typeof length === "number" && password.length < length) return tooShort(length);
  const missing = kinds.find(({ member, pattern }) => policy[member] === true && !pattern.test(password));
  return missing && `Password should have at least one ${missing.name}`;
}

function tooShort(length: number): string {
  return `Password should have a minimum length of ${length}`;
}
