import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import type { Domain } from "../../../schema/domain";
import { hostId, hostNames } from "./records";

export interface CertificateProps {
  readonly domain: Domain;
  readonly region: string;
  /** Hosted zone for the validation records of ACM. */
  readonly zoneId: string;
  /** Further hosts of the certificate, in the hosted zone. @default - none */
  readonly hosts?: readonly string[];
}

/** The certificate of a domain: an existing one, or one of ACM that is validated before it is used. */
export class Certificate extends Construct {
  public readonly arn: string;
  /** @default - the certificate is an existing one */
  public readonly createdArn: string | undefined;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const { domain, region, zoneId, hosts = [] } = props;
    if (domain.certificate.source === "existing") {
      this.arn = domain.certificate.arn;
      return;
    }
    const names = hostNames(domain, region);
    const certificate = new AcmCertificate(this, "certificate", {
      domainName: names[0],
      // Also when it is the only name: the provider keeps the names of an argument that is left out.
      // https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/acm_certificate#subject_alternative_names
      subjectAlternativeNames: [...names, ...hosts],
      validationMethod: "DNS",
      lifecycle: { createBeforeDestroy: true },
    });
    const validated = new Map([...names, ...hosts].map((host) => [host.replace(/^\*\./, ""), host]));
    const records = [...validated].map(([recordHost, host]) => {
      const option = (attribute: string) => validationOption(certificate, host, attribute);
      return new Route53Record(this, `validation-${hostId(recordHost)}`, {
        zoneId,
        name: option("resource_record_name"),
        type: option("resource_record_type"),
        records: [option("resource_record_value")],
        ttl: 300,
        // ACM requires the same record for a name in every region of an account, so two stacks may write it.
        allowOverwrite: true,
        // It requires the same record for the next certificate with the name, also when a host is added or removed.
        lifecycle: { ignoreChanges: ["name", "type", "records"] },
      });
    });
    const validation = new AcmCertificateValidation(this, "validation", {
      certificateArn: certificate.arn,
      validationRecordFqdns: records.map(({ fqdn }) => fqdn),
    });
    this.arn = validation.certificateArn;
    this.createdArn = certificate.arn;
  }
}

/** ACM's validation options are an unordered set, which cdktf's iterators cannot filter. */
function validationOption({ fqn }: AcmCertificate, hostName: string, attribute: string): string {
  const options = `${fqn}.domain_validation_options`;
  return `\${one([for option in ${options} : option.${attribute} if option.domain_name == "${hostName}"])}`;
}
