import { stageVariants } from "../fixtures/stage-variants";
import { Synthesized } from "../fixtures/synthesized";
import { awsKeysOf } from "./aws-keys/keys";
import { awsKeys } from "./aws-keys/table";

// Between two addresses Terraform has no order: when a change moves what AWS identifies by a key from one address to
// another, it creates the new resource while the old one still exists, or destroys the old one after an overwrite.

const stacks = [...stageVariants].map(([name, stage]) => ({ name, terraform: new Synthesized(stage).json }));

/** The addresses of each key in all stacks, each address with the first stage that has it. */
const owners = new Map<string, Map<string, string>>();
for (const { name, terraform } of stacks) {
  for (const [address, key] of awsKeysOf(terraform)) {
    const addresses = owners.get(key) ?? new Map<string, string>();
    if (!addresses.has(address)) addresses.set(address, name);
    owners.set(key, addresses);
  }
}

/** Keys that changes still move from one address to another; an entry that no longer occurs is an error. */
const expectedAtTwoAddresses: readonly string[] = [
  "aws_api_gateway_base_path_mapping.ingress_domain_main, aws_apigatewayv2_api_mapping.ingress_domain_main",
  "aws_api_gateway_base_path_mapping.ingress_domain_regional, aws_apigatewayv2_api_mapping.ingress_domain_regional",
  "aws_api_gateway_domain_name.ingress_main, aws_apigatewayv2_domain_name.ingress_api_main",
  "aws_api_gateway_domain_name.ingress_regional, aws_apigatewayv2_domain_name.ingress_api_regional",
  "aws_api_gateway_resource.ingress_routes_path_orders_parameter_id, aws_api_gateway_resource.ingress_routes_path_orders_parameter_order, aws_api_gateway_resource.ingress_routes_path_orders_proxy",
  "aws_api_gateway_resource.ingress_routes_path_users_parameter_user_id, aws_api_gateway_resource.ingress_routes_path_users_proxy",
  "aws_cloudwatch_log_group.ingress_api_web_acl, aws_cloudwatch_log_group.ingress_web_acl",
  "aws_cognito_user_pool_domain.ingress, aws_cognito_user_pool_domain.ingress_api",
  "aws_lb_listener.ingress_targets_orders, aws_lb_listener.ingress_targets_purchases",
  "aws_lb_listener.ingress_targets_prices, aws_lb_listener.ingress_targets_users",
  "aws_lb_listener_rule.ingress_alb_targets_orders_path_orders_parameter_id_any, aws_lb_listener_rule.ingress_alb_targets_orders_path_orders_parameter_order_any",
  "aws_lb_listener_rule.ingress_alb_targets_orders_path_orders_parameter_id_path_lines_get, aws_lb_listener_rule.ingress_alb_targets_orders_path_orders_parameter_order_path_lines_get",
  "aws_lb_listener_rule.ingress_alb_targets_orders_path_orders_proxy_any, aws_lb_listener_rule.ingress_alb_targets_users_path_orders_proxy_any",
  "aws_lb_listener_rule.ingress_alb_targets_orders_path_prices_proxy_any, aws_lb_listener_rule.ingress_alb_targets_users_path_prices_proxy_any",
  "aws_lb_listener_rule.ingress_alb_targets_orders_proxy_any, aws_lb_listener_rule.ingress_alb_targets_purchases_proxy_any",
  "aws_lb_listener_rule.ingress_targets_orders_path_orders_parameter_id_any, aws_lb_listener_rule.ingress_targets_orders_path_orders_parameter_order_any",
  "aws_lb_listener_rule.ingress_targets_orders_path_orders_parameter_id_path_lines_get, aws_lb_listener_rule.ingress_targets_orders_path_orders_parameter_order_path_lines_get",
  "aws_lb_listener_rule.ingress_targets_orders_path_orders_proxy_any, aws_lb_listener_rule.ingress_targets_orders_production",
  "aws_lb_listener_rule.ingress_targets_orders_path_prices_proxy_any, aws_lb_listener_rule.ingress_targets_users_path_prices_proxy_any",
  "aws_lb_listener_rule.ingress_targets_orders_production, aws_lb_listener_rule.ingress_targets_orders_proxy_any, aws_lb_listener_rule.ingress_targets_purchases_proxy_any",
  "aws_route53_record.ingress_api_domain_certificate_validation_host_api_example_com, aws_route53_record.ingress_domain_certificate_validation_host_api_example_com",
  "aws_route53_record.ingress_api_domain_certificate_validation_host_dev01_appname_dev_example_com_edd00d, aws_route53_record.ingress_domain_certificate_validation_host_dev01_appname_dev_example_com_edd00d",
  "aws_route53_record.ingress_api_domain_certificate_validation_host_shop_example_com, aws_route53_record.ingress_domain_certificate_validation_host_shop_example_com",
  "aws_route53_record.ingress_api_domain_certificate_validation_host_us_east_1_api_example_com_29d2fb, aws_route53_record.ingress_domain_certificate_validation_host_us_east_1_api_example_com_29d2fb",
  "aws_route53_record.ingress_api_domain_main_a, aws_route53_record.ingress_domain_host_api_example_com_a, aws_route53_record.ingress_domain_main_a",
  "aws_route53_record.ingress_api_domain_main_a, aws_route53_record.ingress_domain_main_a",
  "aws_route53_record.ingress_api_domain_main_aaaa, aws_route53_record.ingress_domain_main_aaaa",
  "aws_route53_record.ingress_api_domain_regional_a, aws_route53_record.ingress_domain_regional_a",
  "aws_wafv2_ip_set.ingress_api_web_acl_allowed_ipv4, aws_wafv2_ip_set.ingress_web_acl_allowed_ipv4",
  "aws_wafv2_ip_set.ingress_api_web_acl_blocked_ipv6, aws_wafv2_ip_set.ingress_web_acl_blocked_ipv6",
  "aws_wafv2_web_acl.ingress, aws_wafv2_web_acl.ingress_api",
];

describe("what AWS identifies by a key", () => {
  it("is declared for every type of resource", () => {
    const types = new Set(stacks.flatMap(({ terraform }) => Object.keys(terraform.resource)));
    expect([...types].filter((type) => awsKeys[type] === undefined)).toEqual([]);
  });

  it("has one address within a stack", () => {
    for (const { name, terraform } of stacks) {
      const keys = [...awsKeysOf(terraform).values()];
      expect({ name, twice: keys.filter((key, index) => keys.indexOf(key) !== index) }).toEqual({ name, twice: [] });
    }
  });

  it("has one address in all variants of a stage, which may follow one another", () => {
    const atTwoAddresses = [...owners].filter(([, addresses]) => addresses.size > 1);
    const unexpected = atTwoAddresses.filter(([, addresses]) => !expectedAtTwoAddresses.includes(textOf(addresses)));
    expect(unexpected.map(([key, addresses]) => ({ key, addresses: Object.fromEntries(addresses) }))).toEqual([]);
    const found = new Set(atTwoAddresses.map(([, addresses]) => textOf(addresses)));
    expect(expectedAtTwoAddresses.filter((each) => !found.has(each))).toEqual([]);
  });
});

function textOf(addresses: ReadonlyMap<string, string>): string {
  return [...addresses.keys()].toSorted().join(", ");
}
