import type { AwsRequest, Gap } from "../proxy/gap";
import { Store } from "../store";
import { list, object, objects, omit, parseJson, pick, text, type JsonObject } from "../wire/json";
import { editJson, isSuccess, jsonReply } from "../wire/reply";
import { Overlay } from "./overlay";
import type { ValidationRecords } from "./validation-records";

const describeHeaders = { "x-amz-target": "CertificateManager.DescribeCertificate" };

/**
 * moto issues a certificate without its validation records, loses the algorithm of its key, and does not change its options;
 * affects `aws_acm_certificate_validation` and `aws_acm_certificate`. A certificate stays issued when its records are
 * deleted later.
 * https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export function acm(records: ValidationRecords): Gap {
  const issued = new Store<true>();
  const requested = new Overlay();
  const options = new Store<JsonObject>();

  const validated = (request: AwsRequest, described: JsonObject): JsonObject => {
    const { CertificateArn, Status, Type } = described;
    const certificate = requested.apply(request, text(CertificateArn), described);
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
      RequestCertificate: async (request, forward) => {
        const reply = await forward();
        const { CertificateArn } = isSuccess(reply) ? parseJson(reply.body) : {};
        requested.set(request, text(CertificateArn), pick(parseJson(request.body), ["KeyAlgorithm"]));
        return reply;
      },
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
        const { keyTypes } = object(input.Includes);
        const Includes = omit(object(input.Includes), ["keyTypes"]);
        // moto would filter by a status that it has without the records, and by an algorithm that is not the certificate's.
        const reply = await forward({ body: JSON.stringify({ ...omit(input, ["CertificateStatuses"]), Includes }) });
        const summaries = objects(isSuccess(reply) ? parseJson(reply.body).CertificateSummaryList : []);
        const certificates = await Promise.all(
          summaries.map(async (summary): Promise<JsonObject> => {
            const body = JSON.stringify({ CertificateArn: summary.CertificateArn });
            const described = await forward({ headers: describeHeaders, body });
            const certificate = validated(request, object(parseJson(described.body).Certificate));
            return { ...summary, ...pick(certificate, ["Status", "KeyAlgorithm"]) };
          }),
        );
        return editJson(reply, (body) => ({
          ...body,
          CertificateSummaryList: certificates.filter(
            ({ Status, KeyAlgorithm }) =>
              (CertificateStatuses === undefined || list(CertificateStatuses).includes(Status)) &&
              (keyTypes === undefined || list(keyTypes).includes(KeyAlgorithm)),
          ),
        }));
      },
    },
  };
}
