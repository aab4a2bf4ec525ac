import { z } from "zod";
import { hasAlb, ingressOf, routesOf } from "./checked-routes";
import { servicesOf } from "./checked-services";
import type { Check } from "./cross-checks";
import { web } from "../services/web";
import { worker } from "../services/worker";

const balanced = web.pick({ kind: true, deployment: true, scaling: true });

const otherWay = 'choose "alb", "http-api", or "rest-api" via "nlb-alb" or "alb"';

/** What an ALB counts, or shifts, is asked for only where there is one. */
export const albAsked: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress === undefined || hasAlb(ingress)) return;
  for (const { service, path } of servicesOf(stage, balanced)) {
    const { deployment, scaling } = service;
    const ask = (field: readonly string[], asks: string, value: unknown) => {
      report([...path, ...field], `${asks}, and this way in has no ALB; ${otherWay}`, value);
    };
    if (scaling?.requestsPerTarget !== undefined) {
      ask(["scaling", "requestsPerTarget"], "is counted by an ALB", scaling.requestsPerTarget);
    }
    if (deployment.strategy !== "rolling") {
      ask(["deployment", "strategy"], "is shifted by an ALB", deployment.strategy);
    }
    if (deployment.rollbackOnErrors !== undefined) {
      ask(["deployment", "rollbackOnErrors"], "is counted by an ALB", deployment.rollbackOnErrors);
    }
  }
};

/** ECS shifts the requests of one listener rule. */
export const oneRuleShifted: Check = (stage, report) => {
  for (const { name, service, path } of servicesOf(stage, balanced)) {
    if (service.deployment.strategy === "rolling") continue;
    const requests = service.scaling?.requestsPerTarget;
    if (requests !== undefined) {
      const message = "is counted in one of the two target groups that requests are shifted between; write cpuPercent";
      report([...path, "scaling", "requestsPerTarget"], message, requests);
    }
    const routes = routesOf(stage).filter((route) => route.service === name);
    if (routes.some(({ route }) => signsIn(stage) && route.public !== true)) {
      const message =
        'shifts a rule that only forwards, and this one signs callers in; write public: true, or "rolling"';
      report([...path, "deployment", "strategy"], message, service.deployment.strategy);
    }
    if (routes.length < 2) continue;
    const texts = routes.map(({ route }) => `"${route.text}"`).join(", ");
    const message = `shifts one route, not ${texts}; write one route, or strategy: "rolling"`;
    report([...path, "deployment", "strategy"], message, service.deployment.strategy);
  }
};

function signsIn(stage: unknown): boolean {
  const ingress = ingressOf(stage);
  return ingress?.kind === "alb" && ingress.authorization !== undefined;
}

const fed = worker.pick({ kind: true, queue: true, scaling: true });
const insights = z.object({ containerInsights: z.string() });

/** The backlog is messages of the queue by running tasks, which Container Insights counts. */
export const backlogCounted: Check = (stage, report) => {
  for (const { service, path } of servicesOf(stage, fed)) {
    const backlog = service.scaling?.backlogPerTask;
    if (backlog === undefined) continue;
    const field = [...path, "scaling", "backlogPerTask"];
    if (service.queue === undefined) report(field, "is of no queue; write the worker's `queue`", backlog);
    if (insights.safeParse(stage).data?.containerInsights === "disabled") {
      report(field, 'needs the number of running tasks; write containerInsights: "enabled"', backlog);
    }
  }
};

const counted = z.object({ desiredCount: web.shape.desiredCount, scaling: z.object({}) });

/** Either the file says how many tasks run, or the scaling. */
export const countedOnce: Check = (stage, report) => {
  for (const { service, path } of servicesOf(stage, counted)) {
    if (service.desiredCount === undefined) continue;
    const message = "is changed by `scaling`; remove one of the two";
    report([...path, "desiredCount"], message, service.desiredCount);
  }
};
