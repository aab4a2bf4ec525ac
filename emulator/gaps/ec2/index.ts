import type { Gap } from "../../proxy/gap";
import { instances } from "./instance";
import { leftovers } from "./leftover";
import { securityGroupRules } from "./security-group-rule";
import { subnets } from "./subnet";

/** What moto lacks of EC2 and its networks. */
export function ec2(): Gap {
  return { service: "ec2", handlers: { ...securityGroupRules(), ...leftovers(), ...subnets(), ...instances() } };
}
