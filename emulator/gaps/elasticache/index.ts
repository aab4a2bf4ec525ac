import type { AwsRequest, Gap, Reply } from "../../proxy/gap";
import { Tags } from "../../store";
import type { Times } from "../../time";
import { formList } from "../../wire/form";
import { queryReply } from "../../wire/reply";
import { element } from "../../wire/xml";
import type { MaintenanceWindow } from "../maintenance-window";
import { parameterGroups } from "./parameter-group";
import { replicationGroups } from "./replication-group";
import { tagsIn } from "./resource";
import { serverlessCaches } from "./serverless-cache";
import { subnetGroups } from "./subnet-group";
import { users } from "./user";

/** ElastiCache without moto, except for snapshots and clusters that are not part of a replication group. */
export function elastiCache(window: MaintenanceWindow, time: Times): Gap {
  const tags = new Tags();
  const tagList = (request: AwsRequest): Reply => {
    const all = tags
      .listOf(request, request.form.get("ResourceName"))
      .map(({ Key, Value }) => element("Tag", [element("Key", Key), element("Value", Value)]));
    return queryReply(request.operation, [element("TagList", all)]);
  };
  return {
    service: "elasticache",
    handlers: {
      ...users(tags),
      ...parameterGroups(tags),
      ...subnetGroups(tags),
      ...replicationGroups(tags, window, time),
      ...serverlessCaches(tags),
      ListTagsForResource: tagList,
      AddTagsToResource: (request) => {
        tags.add(request, request.form.get("ResourceName"), tagsIn(request.form));
        return tagList(request);
      },
      RemoveTagsFromResource: (request) => {
        tags.remove(request, request.form.get("ResourceName"), formList(request.form, "TagKeys"));
        return tagList(request);
      },
    },
  };
}
