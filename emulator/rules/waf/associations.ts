import { object, text } from "../../wire/json";
import type { Rule } from "../rule";
import { protectable, reference, service } from "./resources";

const associationSource = `${reference}/API_AssociateWebACL.html`;

/** ARNs of what a regional web ACL protects: an HTTP API has the path /apis, not /restapis. */
const protectableArns = [
  /:elasticloadbalancing:[^:]+:\d{12}:loadbalancer\/app\//,
  /:apigateway:[^:]+::\/restapis\/[^/]+\/stages\/[^/]+$/,
  /:cognito-idp:[^:]+:\d{12}:userpool\//,
  /:appsync:[^:]+:\d{12}:apis\//,
  /:apprunner:[^:]+:\d{12}:service\//,
  /:ec2:[^:]+:\d{12}:verified-access-instance\//,
  /:amplify:[^:]+:\d{12}:apps\//,
];

/** The kinds of which the emulated AWS has the resources. */
const emulated = protectableArns.slice(0, 3);

/** Web ACLs and what they protect. */
export const associationRules: readonly Rule[] = [
  {
    name: "web-acl-of-unprotectable",
    service,
    operations: ["AssociateWebACL"],
    code: "WAFInvalidParameterException",
    rule: "A regional web ACL protects Application Load Balancers, stages of REST APIs and user pools, not HTTP APIs.",
    source: associationSource,
    refuse: ({ input }) => {
      const arn = text(input.ResourceArn);
      return protectableArns.some((pattern) => pattern.test(arn))
        ? undefined
        : `Error reason: The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: RESOURCE_ARN, parameter: ${arn}`;
    },
  },
  {
    name: "web-acl-of-unknown",
    service,
    operations: ["AssociateWebACL"],
    code: "WAFNonexistentItemException",
    rule: "What a web ACL is associated with exists.",
    source: associationSource,
    refuse: async (call) => {
      const arn = text(call.input.ResourceArn);
      if (!emulated.some((pattern) => pattern.test(arn)) || (await protectable(call)).includes(arn)) return undefined;
      return "AWS WAF couldn't perform the operation because your resource doesn't exist.";
    },
  },
  {
    name: "web-acl-associated",
    service,
    operations: ["DeleteWebACL"],
    code: "WAFAssociatedItemException",
    rule: "A web ACL that protects a resource cannot be deleted.",
    source: `${reference}/API_DeleteWebACL.html`,
    refuse: async (call) => {
      for (const ResourceArn of await protectable(call)) {
        const { WebACL } = await call.ask("GetWebACLForResource", { ResourceArn });
        if (text(object(WebACL).Id) === call.input.Id) {
          return "AWS WAF couldn't perform the operation because your resource is being used by another resource or it's associated with another resource.";
        }
      }
      return undefined;
    },
  },
];
