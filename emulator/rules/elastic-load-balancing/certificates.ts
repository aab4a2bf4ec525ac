import { objects, text } from "../../wire/json";
import type { RuleCall, RuleSet } from "../rule";
import { reference, service } from "./resources";

/** Rules of the certificates that a listener has besides its default one, which requests add. */
export function certificateRules(): RuleSet {
  // The lists of the emulated AWS do not say which certificates were added.
  const added = new Set<string>();
  const named = ({ input }: RuleCall): readonly (readonly [string, string])[] =>
    objects(input.Certificates).map(({ CertificateArn }) => {
      const arn = text(CertificateArn);
      return [arn, `${text(input.ListenerArn)} ${arn}`] as const;
    });
  return {
    rules: [
      {
        name: "default-certificate-removed",
        service,
        operations: ["RemoveListenerCertificates"],
        code: "OperationNotPermitted",
        rule: "The default certificate of a listener cannot be removed.",
        source: `${reference}/API_RemoveListenerCertificates.html`,
        refuse: async (call) => {
          const { Listeners } = await call.ask("DescribeListeners", { ListenerArns: [call.input.ListenerArn] });
          const [own] = objects(objects(Listeners)[0]?.Certificates).map(({ CertificateArn }) => text(CertificateArn));
          const removed = named(call).find(([arn, key]) => arn === own && !added.has(key));
          return removed && `The default certificate '${removed[0]}' cannot be removed`;
        },
      },
    ],
    observers: [
      {
        service,
        operations: ["AddListenerCertificates"],
        observe: (call) => {
          for (const [, key] of named(call)) added.add(key);
        },
      },
      {
        service,
        operations: ["RemoveListenerCertificates"],
        observe: (call) => {
          for (const [, key] of named(call)) added.delete(key);
        },
      },
    ],
  };
}
