import { object, objects, text, type JsonObject } from "../../wire/json";
import { firstDuplicate, firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isOutside, isSet, numberOf } from "../values";
import { validationError } from "./load-balancers";

/** Actions of listeners and their rules. */
export const actions: DocumentCheck = {
  service: "elasticloadbalancing",
  operations: ["CreateListener", "ModifyListener", "CreateRule", "ModifyRule"],
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html",
  check: (input) => {
    const { DefaultActions, Actions } = input;
    const given = isSet(DefaultActions) ? DefaultActions : Actions;
    if (!isSet(given)) return undefined;
    const all = objects(given);
    return all.length === 0
      ? validationError("An action must be specified")
      : (firstRefusal([order, configured, targetGroups, stickiness, redirects], all) ?? loops(input, all));
  },
};

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

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html
function configured(all: readonly JsonObject[]): Refusal | undefined {
  for (const { Type, RedirectConfig, FixedResponseConfig, ForwardConfig, TargetGroupArn } of all) {
    if (Type === "redirect" && !isSet(RedirectConfig)) {
      return validationError("A redirect configuration must be specified for an action of type 'redirect'");
    }
    if (Type === "fixed-response" && !isSet(FixedResponseConfig)) {
      return validationError("A fixed response configuration must be specified for an action of type 'fixed-response'");
    }
    const groups = objects(object(ForwardConfig).TargetGroups).map((group) => group.TargetGroupArn);
    if (Type === "forward" && groups.length === 0 && text(TargetGroupArn) === "") {
      return validationError("A target group must be specified for an action of type 'forward'");
    }
    if (text(TargetGroupArn) !== "" && groups.some((group) => group !== TargetGroupArn)) {
      return validationError("The target group of a forward action and of its configuration must be the same");
    }
  }
  return undefined;
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupStickinessConfig.html
function stickiness(all: readonly JsonObject[]): Refusal | undefined {
  return all.some(({ ForwardConfig }) => {
    const { Enabled, DurationSeconds } = object(object(ForwardConfig).TargetGroupStickinessConfig);
    return Enabled === true && (!isSet(DurationSeconds) || isOutside(DurationSeconds, 1, 604800));
  })
    ? validationError("Target group stickiness duration must be between 1 and 604800 seconds")
    : undefined;
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
function redirects(all: readonly JsonObject[]): Refusal | undefined {
  for (const { RedirectConfig } of all) {
    const { Port, Path } = object(RedirectConfig);
    const port = text(Port);
    if (!["", "#{port}"].includes(port) && (numberOf(port) === undefined || isOutside(port, 1, 65535))) {
      return validationError(`The port '${port}' of a redirect must be #{port} or a number from 1 to 65535`);
    }
    if (text(Path) !== "" && !text(Path).startsWith("/")) {
      return validationError(`The path '${text(Path)}' of a redirect must begin with a '/' character`);
    }
  }
  return undefined;
}

/** Whether a redirect leads to the URL of the request; of a rule and a change, the protocol and port may not be known. */
function loops({ Protocol, Port }: JsonObject, all: readonly JsonObject[]): Refusal | undefined {
  const hasLoop = all.some(({ RedirectConfig }) => {
    if (!isSet(RedirectConfig)) return false;
    const { Protocol: protocol, Port: port, Host, Path, Query } = object(RedirectConfig);
    const isSame = (value: string, same: string, own: string) => value === "" || value === same || value === own;
    return (
      isSame(text(protocol), "#{protocol}", text(Protocol)) &&
      isSame(text(port), "#{port}", String(numberOf(Port) ?? "")) &&
      isSame(text(Host), "#{host}", "") &&
      isSame(text(Path), "/#{path}", "") &&
      isSame(text(Query), "#{query}", "")
    );
  });
  return hasLoop
    ? {
        code: "InvalidLoadBalancerAction",
        message: "The redirect configuration is not valid because it creates a loop.",
      }
    : undefined;
}
