import { arnOf, type ArnScope } from "../../arn";
import type { ActionTable } from "./table";

const on = (scope: ArnScope) => [
  arnOf(scope, "servicediscovery", "namespace/*"),
  arnOf(scope, "servicediscovery", "service/*"),
];
const tags = ["servicediscovery:TagResource", "servicediscovery:UntagResource"];
const namespace = {
  read: ["servicediscovery:GetNamespace", "servicediscovery:GetOperation", "servicediscovery:ListTagsForResource"],
  delete: ["servicediscovery:DeleteNamespace"],
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudmap.html */
export const discovery: ActionTable = {
  aws_service_discovery_http_namespace: {
    ...namespace,
    create: ["servicediscovery:CreateHttpNamespace", "servicediscovery:TagResource"],
    update: [...tags, "servicediscovery:UpdateHttpNamespace"],
    on,
  },
  aws_service_discovery_private_dns_namespace: {
    ...namespace,
    // Cloud Map creates the hosted zone with the caller's permissions.
    create: [
      "ec2:DescribeRegions",
      "ec2:DescribeVpcs",
      "route53:CreateHostedZone",
      "servicediscovery:CreatePrivateDnsNamespace",
      "servicediscovery:TagResource",
    ],
    update: [...tags, "route53:ChangeResourceRecordSets", "servicediscovery:UpdatePrivateDnsNamespace"],
    delete: ["route53:DeleteHostedZone", "servicediscovery:DeleteNamespace"],
    on: (scope) => [...on(scope), `arn:${scope.partition}:route53:::hostedzone/*`, arnOf(scope, "ec2", "vpc/*")],
  },
  aws_service_discovery_service: {
    create: ["servicediscovery:CreateService", "servicediscovery:TagResource"],
    read: ["servicediscovery:GetOperation", "servicediscovery:GetService", "servicediscovery:ListTagsForResource"],
    update: [...tags, "servicediscovery:UpdateService"],
    delete: ["servicediscovery:DeleteService"],
    on,
  },
};
