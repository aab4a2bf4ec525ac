import { list, object, objects, text, type JsonObject } from "../../wire/json";
import { firstDuplicate, firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isOutside, isSet, numberOf } from "../values";
import { validationError } from "./load-balancers";

/** Certificates, TLS policy and default actions of a listener. */
export const listeners: DocumentCheck = {
  service: "elasticloadbalancing",
  operations: ["CreateListener"],
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html",
  // Listeners of a Classic Load Balancer are created by another action; a Gateway Load Balancer's have no protocol.
  check: (input) => firstRefusal([certificates, policy, redirects, authentication], input),
};

/** The TLS policy that a listener changes to. */
export const changedListeners: DocumentCheck = {
  service: "elasticloadbalancing",
  operations: ["ModifyListener"],
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html",
  check: policy,
};

/** Actions of listeners and their rules. */
export const actions: DocumentCheck = {
  service: "elasticloadbalancing",
  operations: ["CreateListener", "ModifyListener", "CreateRule", "ModifyRule"],
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html",
  check: ({ DefaultActions, Actions }) => {
    const all = isSet(DefaultActions) ? DefaultActions : Actions;
    return objects(all).length === 0 ? undefined : firstRefusal([order, targetGroups], objects(all));
  },
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
  if (isSecure(protocol) && count > 1) return validationError("Only one certificate can be specified for a listener");
  return protocol !== "" && !isSecure(protocol) && count > 0
    ? validationError(`A certificate cannot be specified for ${protocol} listeners`)
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

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
function redirects({ Protocol, Port, DefaultActions }: JsonObject): Refusal | undefined {
  const loops = objects(DefaultActions).some(({ RedirectConfig }) => {
    if (!isSet(RedirectConfig)) return false;
    const { Protocol: protocol, Port: port, Host, Path, Query } = object(RedirectConfig);
    const isSame = (value: string, same: string, own: string) => value === "" || value === same || value === own;
    return (
      isSame(text(protocol), "#{protocol}", text(Protocol)) &&
      isSame(text(port), "#{port}", String(numberOf(Port))) &&
      isSame(text(Host), "#{host}", "") &&
      isSame(text(Path), "/#{path}", "") &&
      isSame(text(Query), "#{query}", "")
    );
  });
  return loops
    ? {
        code: "InvalidLoadBalancerAction",
        message: "The redirect configuration is not valid because it creates a loop.",
      }
    : undefined;
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

function order(all: readonly JsonObject[]): Refusal | undefined {
  const orders = all.map(({ Order }) => numberOf(Order)).filter((value) => value !== undefined);
  if (all.length > 1 && firstDuplicate(orders) !== undefined) {
    return validationError("Action orders must be unique");
  }
  return all.filter(({ Type }) => ["forward", "redirect", "fixed-response"].includes(text(Type))).length > 1
    ? validationError("Only one action of type 'forward', 'redirect' or 'fixed-response' can be specified")
    : undefined;
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupTuple.html
function targetGroups(all: readonly JsonObject[]): Refusal | undefined {
  for (const { ForwardConfig } of all) {
    const groups = objects(object(ForwardConfig).TargetGroups);
    if (groups.length > 5) return validationError("A forward action can have at most 5 target groups");
    if (firstDuplicate(groups.map(({ TargetGroupArn }) => text(TargetGroupArn))) !== undefined) {
      return validationError("A target group cannot be specified more than once in a forward action");
    }
    const outside = groups.find(({ Weight }) => isOutside(Weight, 0, 999));
    if (outside) return validationError("The weight of a target group must be between 0 and 999");
  }
  return undefined;
}
