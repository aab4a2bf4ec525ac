import type { AwsRequest, Gap, Reply } from "../../proxy/gap";
import { formList, queryReply } from "../../wire/form";
import { Tags } from "../../wire/tags";
import { element } from "../../wire/xml";
import { sentTags } from "./kept";
import { parameterGroups } from "./parameter-group";
import { replicationGroups } from "./replication-group";
import { serverlessCaches } from "./serverless-cache";
import { subnetGroups } from "./subnet-group";
import { users } from "./user";

/** moto has too little of ElastiCache to fill single gaps: all but single-node clusters and snapshots is kept here. */
export function elastiCache(): Gap {
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
      ...replicationGroups(tags),
      ...serverlessCaches(tags),
      ListTagsForResource: tagList,
      AddTagsToResource: (request) => {
        tags.add(request, request.form.get("ResourceName"), sentTags(request.form));
        return tagList(request);
      },
      RemoveTagsFromResource: (request) => {
        tags.remove(request, request.form.get("ResourceName"), formList(request.form, "TagKeys"));
        return tagList(request);
      },
    },
  };
}
