import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import type { Domain } from "../../../schema/domain";
import { hostNames } from "./host-names";

export interface CertificateProps {
  readonly domain: Domain;
  readonly region: string;
  /** Hosted zone that takes the records by which ACM validates. */
  readonly zoneId: string;
}

/** The certificate of a domain: one that exists, or one of ACM that is valid before anything uses it. */
export class Certificate extends Construct {
  public readonly arn: string;
  /** @default - the certificate existed */
  public readonly createdArn: string | undefined;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const { domain, region, zoneId } = props;
    if (domain.certificate.source === "existing") {
      this.arn = domain.certificate.arn;
      return;
    }
    const [domainName, ...subjectAlternativeNames] = hostNames(domain, region);
    const certificate = new AcmCertificate(this, "certificate", {
      domainName,
      ...(subjectAlternativeNames.length > 0 && { subjectAlternativeNames }),
      validationMethod: "DNS",
      lifecycle: { createBeforeDestroy: true },
    });
    const records = hostNames(domain, region).map((hostName, index) => {
      const option = (attribute: string) => validationOption(certificate, hostName, attribute);
      return new Route53Record(this, index === 0 ? "main-validation" : "regional-validation", {
        zoneId,
        name: option("resource_record_name"),
        type: option("resource_record_type"),
        records: [option("resource_record_value")],
        ttl: 300,
        // ACM asks the same record of an account for one name, whatever the region: two stacks write it, alike.
        allowOverwrite: true,
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

/** ACM's options are a set without an order, which cdktf's iterators cannot filter by what is known before. */
function validationOption({ fqn }: AcmCertificate, hostName: string, attribute: string): string {
  const options = `${fqn}.domain_validation_options`;
  return `\${one([for option in ${options} : option.${attribute} if option.domain_name == "${hostName}"])}`;
}
