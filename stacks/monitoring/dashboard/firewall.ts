import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { webAclMetric } from "../metrics/web-acl";
import type { WebAclMonitoringTarget } from "../monitoring-target";
import { colors, row, type Row } from "./panel";

/** What WAF lets in, counts and blocks. */
export function firewallRows(
  webAcl: WebAclMonitoringTarget | undefined,
  region: string,
  limits: AlarmSettings | undefined,
): Row[] {
  if (webAcl === undefined) return [];
  const metric = (name: Parameters<typeof webAclMetric>[2]) => webAclMetric(webAcl, region, name);
  return row(
    "WAF",
    {
      title: "Blocked and counted",
      unit: "requests a minute",
      lines: [
        { label: "blocked", measure: metric("BlockedRequests"), color: colors.fault },
        { label: "counted", measure: metric("CountedRequests"), color: colors.refusal },
      ],
      limit: limits?.blockedRequests,
    },
    {
      title: "Allowed",
      unit: "requests a minute",
      lines: [{ label: "allowed", measure: metric("AllowedRequests"), color: colors.good }],
    },
  );
}
