import { parseStage } from "../../schema/loader";
import { minimalStage } from "../fixtures/stage";

const problemsOf = (monitoring: unknown) =>
  parseStage("config/dev/dev01/us-east-1-dev01.ts", { ...minimalStage, monitoring }).problems.map(
    ({ field, message }) => `${field} ${message}`,
  );
const email = ["a@example.com"];

describe("what a stage says about its monitoring", () => {
  it("may be next to nothing", () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ alarms: {}, budget: { monthlyUsd: 1, email }, costAnomalies: { email } })).toEqual([]);
  });

  it.each([
    [{ alarms: { email: ["nobody"] } }, /email\[0\] is no e-mail address; write one/],
    [{ alarms: { email: [...email, ...email] } }, /email names one twice; write each once/],
    [{ alarms: { https: ["http://example.com"] } }, /https\[0\] is no HTTPS address; write one/],
    [{ alarms: { https: ["https://example.com/${x}"] } }, /https\[0\] is no HTTPS address/],
    [{ alarms: { chat: "irc" } }, /chat is no chat; write "slack"/],
    [{ alarms: { messages: "none" } }, /messages is no choice here; write "each-service"/],
    [{ alarms: { services: { cpuPercent: 101 } } }, /cpuPercent is out of range; write a whole number from 1 to 100/],
    [{ alarms: { postgres: { connectionsPercent: 0 } } }, /postgres\.connectionsPercent is out of range/],
    [{ alarms: { redis: { evictions: -1 } } }, /redis\.evictions is out of range/],
    [{ alarms: { tables: { throttled: "few" } } }, /tables\.throttled is out of range/],
    [{ alarms: { databaseEvents: 1 } }, /databaseEvents is no switch; write true or false/],
    [{ alarms: { api: { latencyMs: 0 } } }, /latencyMs is out of range/],
    [{ alarms: { certificateDays: 0 } }, /certificateDays is out of range/],
    [{ alarms: { anomalies: { deviations: 0 } } }, /deviations is out of range/],
    [{ logs: { errorPattern: "" } }, /errorPattern is empty, which matches every line; write a pattern/],
    [{ logs: { errorPattern: "${x}" } }, /errorPattern holds a Terraform template/],
    [{ budget: { monthlyUsd: 1 } }, /budget\.email is no list; write a list of e-mail addresses/],
    [{ budget: { monthlyUsd: 1, email: [] } }, /email is empty; write one e-mail address/],
    [{ budget: { monthlyUsd: 1, email, actualPercent: [80, 80] } }, /actualPercent names a percentage twice/],
    [{ budget: { monthlyUsd: 1, email, actualPercent: [1, 2, 3, 4, 5] } }, /actualPercent .*more than AWS's five/],
    [{ budget: { monthlyUsd: 1, email, actualPercent: [], forecastedPercent: [] } }, /actualPercent .*hold none/],
    [{ costAnomalies: { email: Array.from({ length: 11 }, (_, index) => `a${index}@example.com`) } }, /at most 10/],
    [{ pager: true }, /monitoring\.pager is not a field of a stage file/],
  ])("is refused when it is %j", (monitoring, message) => {
    expect(problemsOf(monitoring)).toEqual([expect.stringMatching(message)]);
  });
});
