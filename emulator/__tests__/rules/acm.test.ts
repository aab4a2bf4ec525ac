import {
  ACMClient,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ListCertificatesCommand,
  RequestCertificateCommand,
} from "@aws-sdk/client-acm";
import { APIGatewayClient, CreateDomainNameCommand, DeleteDomainNameCommand } from "@aws-sdk/client-api-gateway";
import { EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  DeleteListenerCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  ChangeResourceRecordSetsCommand,
  ListHostedZonesCommand,
  Route53Client,
  type ChangeAction,
} from "@aws-sdk/client-route-53";
import { setTimeout as sleep } from "node:timers/promises";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createSubnet, createVpc, idOf } from "./network";

describe("ACM", () => {
  const aws = emulatorForSuite({ hostedZones: ["example.com"] });
  let acm: ACMClient;
  let route53: Route53Client;
  let count = 0;
  beforeAll(() => {
    acm = new ACMClient(aws.client());
    route53 = new Route53Client(aws.client());
  });

  const requestCertificate = async (): Promise<string> => {
    const DomainName = `host-${++count}.example.com`;
    const command = new RequestCertificateCommand({ DomainName, ValidationMethod: "DNS" });
    return idOf((await acm.send(command)).CertificateArn);
  };
  const describeCertificate = async (CertificateArn: string) =>
    (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate;
  const changeRecord = async (CertificateArn: string, Action: ChangeAction, value?: string): Promise<void> => {
    const { DomainValidationOptions } = (await describeCertificate(CertificateArn)) ?? {};
    const { Name, Type, Value } = DomainValidationOptions?.[0]?.ResourceRecord ?? {};
    const { HostedZones } = await route53.send(new ListHostedZonesCommand({}));
    const ResourceRecordSet = { Name, Type, TTL: 60, ResourceRecords: [{ Value: value ?? Value }] };
    await route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: HostedZones?.[0]?.Id,
        ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
      }),
    );
  };
  const issuedCertificate = async (): Promise<string> => {
    const arn = await requestCertificate();
    await changeRecord(arn, "UPSERT");
    await untilIssued(arn);
    return arn;
  };
  const untilIssued = async (arn: string): Promise<void> => {
    while ((await describeCertificate(arn))?.Status !== "ISSUED") await sleep(200);
  };
  const deleteCertificate = (CertificateArn: string) =>
    refusal(acm.send(new DeleteCertificateCommand({ CertificateArn })));

  it("issues a certificate only once its validation record is in the hosted zone, and leaves it issued", async () => {
    const arn = await requestCertificate();
    await changeRecord(arn, "UPSERT", "_other.acm-validations.aws.");
    await sleep(1500);
    const pending = await describeCertificate(arn);
    expect(pending?.Status).toBe("PENDING_VALIDATION");
    expect(pending?.DomainValidationOptions?.[0]?.ValidationStatus).toBe("PENDING_VALIDATION");
    await changeRecord(arn, "UPSERT");
    expect((await describeCertificate(arn))?.Status).toBe("ISSUED");
    await changeRecord(arn, "DELETE");
    expect((await describeCertificate(arn))?.Status).toBe("ISSUED");
  });

  it("lists certificates by their status", async () => {
    const arn = await requestCertificate();
    const listed = async (status: "ISSUED" | "PENDING_VALIDATION") => {
      const command = new ListCertificatesCommand({ CertificateStatuses: [status] });
      const { CertificateSummaryList = [] } = await acm.send(command);
      return CertificateSummaryList.map(({ CertificateArn }) => CertificateArn);
    };
    expect(await listed("PENDING_VALIDATION")).toContain(arn);
    expect(await listed("ISSUED")).not.toContain(arn);
    await changeRecord(arn, "UPSERT");
    await untilIssued(arn);
    expect(await listed("ISSUED")).toContain(arn);
  });

  it("refuses to delete a certificate of a listener [certificate-in-use]", async () => {
    const elb = new ElasticLoadBalancingV2Client(aws.client());
    const ec2 = new EC2Client(aws.client());
    const vpcId = await createVpc(ec2);
    const Subnets = [await createSubnet(ec2, vpcId, 1, "us-east-1a"), await createSubnet(ec2, vpcId, 2, "us-east-1b")];
    const command = new CreateLoadBalancerCommand({ Name: "tls", Scheme: "internal", Subnets });
    const { LoadBalancers } = await elb.send(command);
    const CertificateArn = await issuedCertificate();
    const { Listeners } = await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
        Protocol: "HTTPS",
        Port: 443,
        Certificates: [{ CertificateArn }],
        DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }],
      }),
    );
    expect(await deleteCertificate(CertificateArn)).toBe("ResourceInUseException");
    await elb.send(new DeleteListenerCommand({ ListenerArn: Listeners?.[0]?.ListenerArn }));
    expect(await deleteCertificate(CertificateArn)).toBe("");
  });

  it("refuses to delete a certificate of a domain name [certificate-in-use]", async () => {
    const apiGateway = new APIGatewayClient(aws.client());
    const regionalCertificateArn = await issuedCertificate();
    const domainName = "api.example.com";
    await apiGateway.send(
      new CreateDomainNameCommand({
        domainName,
        regionalCertificateArn,
        endpointConfiguration: { types: ["REGIONAL"] },
      }),
    );
    expect(await deleteCertificate(regionalCertificateArn)).toBe("ResourceInUseException");
    await apiGateway.send(new DeleteDomainNameCommand({ domainName }));
    expect(await deleteCertificate(regionalCertificateArn)).toBe("");
  });
});
