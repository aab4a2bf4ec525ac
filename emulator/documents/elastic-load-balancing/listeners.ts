import { list, objects, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { validationError } from "./load-balancers";

/** Certificates, TLS policy and default actions of a listener. */
export const listeners: DocumentCheck = {
  service: "elasticloadbalancing",
  operations: ["CreateListener"],
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html",
  // Listeners of a Classic Load Balancer are created by another action; a Gateway Load Balancer's have no protocol.
  check: (input) => firstRefusal([certificates, oneCertificate, policy, authentication, forwarding], input),
};

/** The certificate and the TLS policy that a listener changes to. */
export const changedListeners: DocumentCheck = {
  service: "elasticloadbalancing",
  operations: ["ModifyListener"],
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html",
  check: (input) => firstRefusal([oneCertificate, policy], input),
};

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
const policies = new RegExp(
  `^ELBSecurityPolicy-(${[
    "2015-05",
    "2016-08",
    "TLS-1-0-2015-04",
    "TLS-1-1-2017-01",
    "TLS-1-2-2017-01",
    "TLS-1-2-Ext-2018-06",
    "FS-2018-06",
    "FS-1-1-2019-08",
    "FS-1-2-2019-08",
    "FS-1-2-Res-2019-08",
    "FS-1-2-Res-2020-10",
    "TLS13-1-[0-3](-Res|-Ext[0-2])?(-FIPS)?(-PQ)?-(2021-06|2023-04|2025-09)",
  ].join("|")})$`,
);

function isSecure(protocol: string): boolean {
  return protocol === "HTTPS" || protocol === "TLS";
}

function certificates({ Protocol, Certificates }: JsonObject): Refusal | undefined {
  const protocol = text(Protocol);
  const count = list(Certificates).length;
  if (isSecure(protocol) && count === 0) {
    return validationError(`A certificate must be specified for ${protocol} listeners`);
  }
  return protocol !== "" && !isSecure(protocol) && count > 0
    ? validationError(`A certificate cannot be specified for ${protocol} listeners`)
    : undefined;
}

function oneCertificate({ Certificates }: JsonObject): Refusal | undefined {
  return list(Certificates).length > 1
    ? validationError("Only one certificate can be specified for a listener")
    : undefined;
}

function policy({ Protocol, SslPolicy }: JsonObject): Refusal | undefined {
  const name = text(SslPolicy);
  const protocol = text(Protocol);
  if (name === "") return undefined;
  // The spelling is AWS's.
  if (protocol !== "" && !isSecure(protocol)) {
    return validationError(`An SSL policy cannot be specifed for ${protocol} listeners`);
  }
  return policies.test(name) ? undefined : { code: "SSLPolicyNotFound", message: `SSL policy '${name}' not found` };
}

function authentication({ Protocol, DefaultActions }: JsonObject): Refusal | undefined {
  const first = objects(DefaultActions).find(({ Type }) => text(Type).startsWith("authenticate-"));
  return first && Protocol === "HTTP"
    ? {
        code: "InvalidLoadBalancerAction",
        message: `Actions of type '${text(first.Type)}' are supported only on HTTPS listeners`,
      }
    : undefined;
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
function forwarding({ Protocol, DefaultActions }: JsonObject): Refusal | undefined {
  const other = objects(DefaultActions).find(({ Type }) => text(Type) !== "" && Type !== "forward");
  return other && ["TCP", "UDP", "TCP_UDP", "TLS"].includes(text(Protocol))
    ? {
        code: "InvalidLoadBalancerAction",
        message: `Actions of type '${text(other.Type)}' are not supported on ${text(Protocol)} listeners`,
      }
    : undefined;
}
