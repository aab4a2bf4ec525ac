import type { AwsRequest, Gap } from "../proxy/gap";
import { Store } from "../store";
import { list, object, objects, omit, parseJson, text, type JsonObject } from "../wire/json";
import { editJson, isSuccess, jsonReply } from "../wire/reply";
import type { ValidationRecords } from "./validation-records";

const describeHeaders = { "x-amz-target": "CertificateManager.DescribeCertificate" };

/**
 * moto issues a certificate without its validation records, and does not change its options; affects
 * `aws_acm_certificate_validation` and a change of `aws_acm_certificate`. A certificate stays issued when its records are
 * deleted later.
 * https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export function acm(records: ValidationRecords): Gap {
  const issued = new Store<true>();
  const options = new Store<JsonObject>();

  const validated = (request: AwsRequest, certificate: JsonObject): JsonObject => {
    const { CertificateArn, Status, Type } = certificate;
    const validations = objects(certificate.DomainValidationOptions);
    const usesDns = validations.length > 0 && validations.every(({ ValidationMethod }) => ValidationMethod === "DNS");
    if (Type !== "AMAZON_ISSUED" || Status !== "ISSUED" || !usesDns) return certificate;
    if (validations.every((option) => records.has(option))) issued.of(request).set(text(CertificateArn), true);
    if (issued.of(request).has(text(CertificateArn))) return certificate;
    const pending = validations.map((option) => ({
      ...option,
      ValidationStatus: records.has(option) ? "SUCCESS" : "PENDING_VALIDATION",
    }));
    return { ...certificate, Status: "PENDING_VALIDATION", DomainValidationOptions: pending };
  };

  return {
    service: "acm",
    handlers: {
      DescribeCertificate: async (request, forward) =>
        editJson(await forward(), (body) => {
          const certificate = validated(request, object(body.Certificate));
          const Options = {
            ...object(certificate.Options),
            ...options.of(request).get(text(certificate.CertificateArn)),
          };
          return { ...body, Certificate: { ...certificate, Options } };
        }),
      UpdateCertificateOptions: async (request, forward) => {
        const { CertificateArn, Options } = parseJson(request.body);
        const described = await forward({ headers: describeHeaders, body: JSON.stringify({ CertificateArn }) });
        if (!isSuccess(described)) return described;
        const before = options.of(request).get(text(CertificateArn));
        options.of(request).set(text(CertificateArn), { ...before, ...object(Options) });
        return jsonReply({});
      },
      ListCertificates: async (request, forward) => {
        const input = parseJson(request.body);
        const { CertificateStatuses } = input;
        // moto would filter by a status that it has without the records.
        const reply = await forward({ body: JSON.stringify(omit(input, ["CertificateStatuses"])) });
        const summaries = objects(isSuccess(reply) ? parseJson(reply.body).CertificateSummaryList : []);
        const certificates = await Promise.all(
          summaries.map(async (summary) => {
            const body = JSON.stringify({ CertificateArn: summary.CertificateArn });
            const described = await forward({ headers: describeHeaders, body });
            const { Status } = validated(request, object(parseJson(described.body).Certificate));
            return { ...summary, Status };
          }),
        );
        return editJson(reply, (body) => ({
          ...body,
          CertificateSummaryList: certificates.filter(
            ({ Status }) => CertificateStatuses === undefined || list(CertificateStatuses).includes(Status),
          ),
        }));
      },
    },
  };
}
