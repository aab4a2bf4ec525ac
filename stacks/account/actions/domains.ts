import { arnOf, type ArnScope } from "../../arn";
import type { ActionTable } from "./table";

const certificates = (scope: ArnScope) => [arnOf(scope, "acm", "certificate/*")];
const zones = ({ partition }: ArnScope) => [`arn:${partition}:route53:::hostedzone/*`];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53.html */
export const domains: ActionTable = {
  aws_acm_certificate: {
    create: ["acm:AddTagsToCertificate", "acm:RequestCertificate"],
    read: ["acm:DescribeCertificate", "acm:ListTagsForCertificate"],
    update: ["acm:AddTagsToCertificate", "acm:RemoveTagsFromCertificate", "acm:UpdateCertificateOptions"],
    delete: ["acm:DeleteCertificate"],
    on: certificates,
  },
  aws_acm_certificate_validation: { read: ["acm:DescribeCertificate"], on: certificates },
  "data.aws_route53_zone": {
    read: [
      "route53:GetHostedZone",
      "route53:ListHostedZones",
      "route53:ListHostedZonesByName",
      "route53:ListTagsForResource",
    ],
    on: zones,
  },
  aws_route53_record: {
    create: ["route53:ChangeResourceRecordSets", "route53:GetChange"],
    read: ["route53:GetHostedZone", "route53:ListResourceRecordSets"],
    update: ["route53:ChangeResourceRecordSets", "route53:GetChange"],
    delete: ["route53:ChangeResourceRecordSets", "route53:GetChange"],
    on: (scope) => [...zones(scope), `arn:${scope.partition}:route53:::change/*`],
  },
  aws_route53_health_check: {
    create: ["route53:ChangeTagsForResource", "route53:CreateHealthCheck"],
    read: ["route53:GetHealthCheck", "route53:ListTagsForResource"],
    update: ["route53:ChangeTagsForResource", "route53:UpdateHealthCheck"],
    delete: ["route53:DeleteHealthCheck"],
    on: ({ partition }) => [`arn:${partition}:route53:::healthcheck/*`],
  },
};
