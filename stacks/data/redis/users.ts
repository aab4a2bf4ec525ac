import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import { Construct } from "constructs";
import { cacheUserName, type Named } from "../../naming";

export interface CacheUsersProps {
  readonly stage: Named;
  readonly engine: "valkey" | "redis";
}

/** Who may use the cache: services by a token of their roles, and nobody by a password. */
export class CacheUsers extends Construct {
  public readonly userName: string;
  public readonly userArn: string;
  public readonly groupId: string;

  constructor(scope: Construct, id: string, props: CacheUsersProps) {
    super(scope, id);
    const { stage, engine } = props;
    // IAM wants one text for both: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
    const name = cacheUserName(stage, "services");
    const user = new ElasticacheUser(this, "services", {
      userId: name,
      userName: name,
      engine,
      accessString: "on ~* +@all",
      authenticationMode: { type: "iam" },
    });
    const group = new ElasticacheUserGroup(this, "group", {
      userGroupId: cacheUserName(stage, "users"),
      engine,
      userIds: [user.userId, ...(engine === "redis" ? [this.nobody(stage).userId] : [])],
    });
    this.userName = user.userName;
    this.userArn = user.arn;
    this.groupId = group.userGroupId;
  }

  /** Redis wants a user of this name in every group: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html */
  private nobody(stage: Named): ElasticacheUser {
    return new ElasticacheUser(this, "default", {
      userId: cacheUserName(stage, "default"),
      userName: "default",
      engine: "redis",
      accessString: "off -@all",
      authenticationMode: { type: "no-password-required" },
    });
  }
}
