import { object, text, type JsonObject } from "../../wire/json";
import type { DataRequest, DataResponse } from "../message";

/**
 * The answer of a redirect action.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions
 */
export function redirect(action: JsonObject, request: DataRequest): DataResponse {
  const { Protocol, Host, Port, Path, Query, StatusCode } = object(action.RedirectConfig);
  const fill = (template: string): string =>
    template.replace(/#\{(protocol|host|port|path|query)\}/g, (_, name: string) => parts[name] ?? "");
  const parts: Readonly<Record<string, string>> = {
    protocol: request.scheme.toUpperCase(),
    host: request.host,
    port: String(request.port),
    // The template has the slash: "/#{path}".
    path: request.path.slice(1),
    query: request.query,
  };
  const protocol = fill(text(Protocol) || "#{protocol}").toLowerCase();
  const query = fill(text(Query ?? "#{query}"));
  const origin = `${protocol}://${fill(text(Host) || "#{host}")}:${fill(text(Port) || "#{port}")}`;
  const location = `${origin}${fill(text(Path) || "/#{path}")}${query === "" ? "" : `?${query}`}`;
  return {
    status: text(StatusCode) === "HTTP_302" ? 302 : 301,
    headers: { server: "awselb/2.0", "content-type": "text/html", location },
    body: Buffer.alloc(0),
  };
}
