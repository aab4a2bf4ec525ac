import { dataForecast } from "../../../../../cli/commands/guard/data/data";
import { created, deleted, deleteFirst, planWith, unchanged, updated, type Change } from "../plan-of";

const logs = "aws_cloudwatch_log_group.services_orders";
const repository = "aws_ecr_repository.services_orders";
const url = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders-dev02-image";
const service = {
  "aws_ecs_service.services_orders": deleted(),
  "aws_ecs_task_definition.services_orders": deleted(),
};
const own = { [logs]: deleted(), [repository]: deleted({ repository_url: url }) };

/** The addresses that are refused, and those that are removed with their service. */
function found(changes: Readonly<Record<string, Change>>) {
  const { refused, withService } = dataForecast(planWith(changes), []);
  const addresses = (losses: typeof refused) => losses.map(({ address }) => address);
  return { refused: addresses(refused), withService: addresses(withService) };
}

describe("a service that is removed", () => {
  it("takes its log group and its repository with it, which is not refused", () => {
    expect(found({ ...service, ...own })).toEqual({ refused: [], withService: [logs, repository] });
  });

  it("takes the log group of its metrics with it", () => {
    const metrics = "aws_cloudwatch_log_group.services_orders_task_metrics";
    expect(found({ ...service, [metrics]: deleted() }).withService).toEqual([metrics]);
  });

  it("takes the dead-letter queue of its starts with it when it is a job", () => {
    const queue = "aws_sqs_queue.services_orders_dead_letters";
    const job = { "aws_ecs_task_definition.services_orders": deleted() };
    expect(found({ ...job, [queue]: deleted() })).toEqual({ refused: [], withService: [queue] });
  });

  it("does not take its files with it", () => {
    const files = "aws_efs_file_system.services_orders";
    expect(found({ ...service, [files]: deleted() }).refused).toEqual([files]);
  });

  it("does not take the logs of a service with a longer name with it", () => {
    const other = "aws_cloudwatch_log_group.services_orders_export";
    const kept = { "aws_ecs_task_definition.services_orders_export": unchanged() };
    expect(found({ ...service, ...kept, [other]: deleted() }).refused).toEqual([other]);
  });

  it("does not take a repository with it whose image another service runs", () => {
    const user = {
      "aws_ecs_task_definition.services_users": unchanged({ container_definitions: `[{"image":"${url}:1"}]` }),
    };
    expect(found({ ...service, ...own, ...user })).toEqual({ refused: [repository], withService: [logs] });
  });

  it("may be continued by a new one, so that its images are to be copied", () => {
    const renamed = {
      "aws_ecs_service.services_purchases": created(),
      "aws_ecs_task_definition.services_purchases": created(),
    };
    const { withService } = dataForecast(planWith({ ...service, ...own, ...renamed }), []);
    expect(withService.map(({ notes }) => notes)).toEqual([
      [],
      ["services_purchases is new in this plan: if it continues this one, copy images first"],
    ]);
  });
});

describe("a service that stays", () => {
  it.each<[string, Readonly<Record<string, Change>>]>([
    [
      "runs a new revision",
      { "aws_ecs_task_definition.services_orders": deleteFirst(), "aws_ecs_service.services_orders": updated({}, {}) },
    ],
    ["is not in the plan", {}],
    [
      "loses a one-off task",
      {
        "aws_ecs_task_definition.services_orders_tasks_migrate": deleted(),
        "aws_ecs_task_definition.services_orders": unchanged(),
      },
    ],
    [
      "is replaced",
      { "aws_ecs_service.services_orders": deleteFirst(), "aws_ecs_task_definition.services_orders": unchanged() },
    ],
  ])("loses its log group and repository, which is refused, when it %s", (_, changes) => {
    expect(found({ ...changes, ...own })).toEqual({ refused: [logs, repository], withService: [] });
  });

  it("loses the images of a replaced repository, which is refused", () => {
    expect(
      found({ "aws_ecs_task_definition.services_orders": unchanged(), [repository]: deleteFirst() }).refused,
    ).toEqual([repository]);
  });
});

it("refuses the replaced repository of a removed service", () => {
  expect(found({ ...service, [repository]: deleteFirst() }).refused).toEqual([repository]);
});
