import { connect } from "node:net";
import { object, scalarText, text, type JsonObject } from "../../wire/json";
import type { DataRequest } from "../message";
import { sendTo } from "../send";

/** The health of a target, by AWS's names: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html */
export interface Health {
  readonly State: "healthy" | "unhealthy" | "unused" | "draining";
  readonly Reason?: string;
  readonly Description?: string;
}

/** The health of a target that does not answer in time. */
export const timedOut: Health = { State: "unhealthy", Reason: "Target.Timeout", Description: "Request timed out" };

/** Checks a process as the target group of its service says, with one request. */
export async function checkHealth(group: JsonObject, port: number): Promise<Health> {
  const timeoutMs = Number(group.HealthCheckTimeoutSeconds ?? 5) * 1000;
  const protocol = text(group.HealthCheckProtocol) || text(group.Protocol);
  if (protocol !== "HTTP" && protocol !== "HTTPS") {
    return (await accepts(port, timeoutMs))
      ? { State: "healthy" }
      : failed("Target.FailedHealthChecks", "Health checks failed");
  }
  const answer = await sendTo(port, request(text(group.HealthCheckPath) || "/", port), timeoutMs);
  if (answer === "timeout") return timedOut;
  if (typeof answer === "string") return failed("Target.FailedHealthChecks", "Health checks failed");
  const matcher = object(group.Matcher);
  const codes = scalarText(matcher.HttpCode ?? matcher.GrpcCode) || "200";
  if (matchesCode(codes, answer.status)) return { State: "healthy" };
  return failed("Target.ResponseCodeMismatch", `Health checks failed with these codes: [${answer.status}]`);
}

/** Codes such as "200,202" or "200-299". */
function matchesCode(codes: string, status: number): boolean {
  return codes.split(",").some((part) => {
    const [from = "", to = from] = part.split("-");
    return Number(from) <= status && status <= Number(to);
  });
}

function request(path: string, port: number): DataRequest {
  const headers = { host: `127.0.0.1:${port}`, "user-agent": "ELB-HealthChecker/2.0", connection: "close" };
  const [pathname = "/", query = ""] = path.split("?");
  return {
    method: "GET",
    scheme: "http",
    host: "127.0.0.1",
    port,
    path: pathname,
    query,
    headers,
    body: Buffer.alloc(0),
    sourceIp: "127.0.0.1",
  };
}

function accepts(port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", timeout: timeoutMs });
    const end = (result: boolean): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once("connect", () => {
      end(true);
    });
    for (const event of ["error", "timeout"]) {
      socket.once(event, () => {
        end(false);
      });
    }
  });
}

function failed(Reason: string, Description: string): Health {
  return { State: "unhealthy", Reason, Description };
}
