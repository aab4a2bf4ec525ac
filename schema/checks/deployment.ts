import { z } from "zod";
import { web, worker } from "../services/services";
import { hasAlb, ingressOf, routesOf, servicesOf, type Check } from "./check";

const loadBalanced = z.object(web.shape).pick({ kind: true, deployment: true, scaling: true });

/** Traffic shifting and metrics of an ALB need an ingress with an ALB. */
export const albAvailable: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress === undefined || hasAlb(ingress)) return;
  const remedy = 'choose "alb", "http-api", or "rest-api" via "nlb-alb" or "alb"';
  for (const { service, path } of servicesOf(stage, loadBalanced)) {
    const { deployment, scaling } = service;
    const needsAlb = (field: readonly string[], value: unknown) => {
      report([...path, ...field], `needs an ALB, which this ingress does not have; ${remedy}`, value);
    };
    if (scaling?.requestsPerTarget !== undefined) needsAlb(["scaling", "requestsPerTarget"], scaling.requestsPerTarget);
    if (deployment.strategy !== "rolling") needsAlb(["deployment", "strategy"], deployment.strategy);
    if (deployment.rollbackOnErrors !== undefined) {
      needsAlb(["deployment", "rollbackOnErrors"], deployment.rollbackOnErrors);
    }
  }
};

/** ECS shifts the requests of one listener rule, which only forwards. */
export const trafficShiftingPossible: Check = (stage, report) => {
  for (const { name, service, path } of servicesOf(stage, loadBalanced)) {
    const { strategy } = service.deployment;
    if (strategy === "rolling") continue;
    const requests = service.scaling?.requestsPerTarget;
    if (requests !== undefined) {
      const message = `covers only one of the two target groups of a ${strategy} deployment; write cpuPercent`;
      report([...path, "scaling", "requestsPerTarget"], message, requests);
    }
    const routes = routesOf(stage).filter((route) => route.service === name);
    if (routes.some(({ route }) => signsIn(stage) && route.public !== true)) {
      const message = 'does not support a listener rule that signs users in; write public: true, or "rolling"';
      report([...path, "deployment", "strategy"], message, strategy);
    }
    if (routes.length < 2) continue;
    const texts = routes.map(({ route }) => `"${route.text}"`).join(", ");
    const message = `supports one route, not ${texts}; write one route, or strategy: "rolling"`;
    report([...path, "deployment", "strategy"], message, strategy);
  }
};

function signsIn(stage: unknown): boolean {
  const ingress = ingressOf(stage);
  return ingress?.kind === "alb" && ingress.authorization !== undefined;
}

const withQueue = z.object(worker.shape).pick({ kind: true, queue: true, scaling: true });
const withInsights = z.object({ containerInsights: z.string() });

/** The backlog per task is the queue's messages divided by the running tasks, a metric of Container Insights. */
export const backlogMeasurable: Check = (stage, report) => {
  for (const { service, path } of servicesOf(stage, withQueue)) {
    const backlog = service.scaling?.backlogPerTask;
    if (backlog === undefined) continue;
    const field = [...path, "scaling", "backlogPerTask"];
    if (service.queue === undefined) report(field, "needs a queue; write the worker's `queue`", backlog);
    if (withInsights.safeParse(stage).data?.containerInsights === "disabled") {
      report(field, 'needs the number of running tasks; write containerInsights: "enabled"', backlog);
    }
  }
};

const withCount = z.object({ desiredCount: web.shape.desiredCount, scaling: z.object({}) });

/** The number of tasks is either fixed or scaled. */
export const countOrScaling: Check = (stage, report) => {
  for (const { service, path } of servicesOf(stage, withCount)) {
    if (service.desiredCount === undefined) continue;
    report([...path, "desiredCount"], "is changed by `scaling`; remove one of the two", service.desiredCount);
  }
};
