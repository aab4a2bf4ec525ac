import { scheduleName } from "../../naming";
import { arnOf } from "../place";
import type { ActionTable } from "./table";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html */
export const scheduler: ActionTable = {
  aws_scheduler_schedule: {
    create: ["scheduler:CreateSchedule"],
    read: ["scheduler:GetSchedule"],
    update: ["scheduler:UpdateSchedule"],
    delete: ["scheduler:DeleteSchedule"],
    on: (place) => [arnOf(place, "scheduler", `schedule/default/${scheduleName(place, "*")}`)],
    handsRolesTo: ["scheduler.amazonaws.com"],
  },
};
