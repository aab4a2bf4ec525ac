import { defineAccount } from "#schema";
import { defaults } from "../../dev/defaults";

export default defineAccount({
  app: defaults.app,
  alias: "appname-dev",
  region: "us-east-1",
  accountId: defaults.accountId,
  owner: defaults.owner,
  stateBucket: defaults.state.bucket,
  regions: ["us-east-1", "eu-west-1"],
  gitlab: { project: "platform/appname" },
});
