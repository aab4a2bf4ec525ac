import { setTimeout as sleep } from "node:timers/promises";
import { ACMClient, DescribeCertificateCommand, RequestCertificateCommand } from "@aws-sdk/client-acm";
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import type { ClientSettings } from "../running-emulator";

/** Requests a certificate, which is not issued yet. @returns its ARN */
export async function requestCertificate(settings: ClientSettings, domain: string): Promise<string> {
  const acm = new ACMClient(settings);
  const request = new RequestCertificateCommand({ DomainName: domain, ValidationMethod: "DNS" });
  const { CertificateArn = "" } = await acm.send(request);
  return CertificateArn;
}

/** Creates the validation record of a certificate in a new hosted zone, and waits until the certificate is issued. */
export async function validateCertificate(settings: ClientSettings, arn: string): Promise<void> {
  const acm = new ACMClient(settings);
  const route53 = new Route53Client(settings);
  const describe = new DescribeCertificateCommand({ CertificateArn: arn });
  const { Certificate } = await acm.send(describe);
  const { Name = "", Value = "" } = Certificate?.DomainValidationOptions?.[0]?.ResourceRecord ?? {};
  const zone = new CreateHostedZoneCommand({ Name: Certificate?.DomainName, CallerReference: arn });
  const { HostedZone } = await route53.send(zone);
  const ResourceRecordSet = { Name, Type: "CNAME" as const, TTL: 60, ResourceRecords: [{ Value }] };
  const ChangeBatch = { Changes: [{ Action: "UPSERT" as const, ResourceRecordSet }] };
  await route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: HostedZone?.Id, ChangeBatch }));
  for (let tries = 0; tries < 50; tries += 1) {
    if ((await acm.send(describe)).Certificate?.Status === "ISSUED") return;
    await sleep(200);
  }
  throw new Error(`the certificate ${arn} is not issued after 10 seconds`);
}
