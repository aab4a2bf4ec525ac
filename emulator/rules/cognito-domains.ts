import { object, text } from "../wire/json";
import type { Rule } from "./rule";

const service = "cognito-idp";
const reference = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference";

/** Rules on the domain prefixes and custom domains of user pools. */
export const domainRules: readonly Rule[] = [
  {
    name: "domain-prefix-characters",
    service,
    operations: ["CreateUserPoolDomain"],
    code: "InvalidParameterException",
    rule: "A domain without a certificate is a prefix, which has no dots.",
    source: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html",
    refuse: ({ input }) =>
      input.CustomDomainConfig === undefined && text(input.Domain).includes(".")
        ? "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens."
        : undefined,
  },
  {
    name: "user-pool-domain-in-use",
    service,
    operations: ["CreateUserPoolDomain"],
    code: "InvalidParameterException",
    rule: "A domain prefix or custom domain belongs to one user pool.",
    source: `${reference}/API_CreateUserPoolDomain.html`,
    refuse: async ({ input, ask }) => {
      const { DomainDescription } = await ask("DescribeUserPoolDomain", { Domain: input.Domain });
      return text(object(DomainDescription).UserPoolId) === ""
        ? undefined
        : "Domain already associated with another user pool.";
    },
  },
  {
    name: "user-pool-has-domain",
    service,
    operations: ["CreateUserPoolDomain"],
    code: "InvalidParameterException",
    rule: "A user pool has one domain prefix and one custom domain.",
    source: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html",
    refuse: async ({ input, ask }) => {
      const { UserPool } = await ask("DescribeUserPool", { UserPoolId: input.UserPoolId });
      const kind = input.CustomDomainConfig === undefined ? "Domain" : "CustomDomain";
      return object(UserPool)[kind] === undefined ? undefined : "User pool already has a domain configured.";
    },
  },
  {
    name: "custom-domain-certificate",
    service,
    operations: ["CreateUserPoolDomain", "UpdateUserPoolDomain"],
    code: "InvalidParameterException",
    rule: "The certificate of a custom domain is one of ACM in us-east-1, which exists and is issued.",
    source: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html",
    refuse: async ({ input, ask, account }) => {
      const arn = text(object(input.CustomDomainConfig).CertificateArn);
      if (arn === "") return undefined;
      const { Certificate } = await ask("DescribeCertificate", { CertificateArn: arn }, "acm", "us-east-1");
      // The certificates of other accounts cannot be read.
      const isUsable = !arn.includes(`:${account}:`) || object(Certificate).Status === "ISSUED";
      return isUsable && /^arn:[\w-]+:acm:us-east-1:/.test(arn)
        ? undefined
        : "Invalid request provided: The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.";
    },
  },
];
