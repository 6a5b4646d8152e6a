/** Where the default route of a subnet leads: to the internet, to a NAT gateway, elsewhere, or nowhere. */
import { closedBy, undecidedBy, type Gate } from "../../gate";
import { membersBy } from "../../members";
import type { ReadContext } from "../../reader";
import { UNKNOWN, type Resource, type Value } from "../../resource";
import type { Stack } from "../../stack";
import { field, items, text, textAt } from "../../values";
import { subnetTypes } from "../region";
import { clientsIn } from "./ipRanges";
import { memoize } from "../../../lib/memo";

const tableTypes = ["aws:ec2/routeTable:RouteTable", "aws:ec2/defaultRouteTable:DefaultRouteTable"] as const;
export const vpcTypes = ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"] as const;
const routeTypes = ["aws:ec2/route:Route"] as const;
const associationTypes = ["aws:ec2/routeTableAssociation:RouteTableAssociation"] as const;
const mainAssociationTypes = ["aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation"] as const;
const gatewayTypes = ["aws:ec2/internetGateway:InternetGateway"] as const;
const attachmentTypes = ["aws:ec2/internetGatewayAttachment:InternetGatewayAttachment"] as const;

type Context = Pick<ReadContext, "stack">;

/** One route of a table, written inside of it or beside it. */
export interface TableRoute {
  readonly resource: Resource;
  readonly property: string;
  readonly destination: Value;
  readonly of: Value;
}

/** The table that a subnet is associated with, else its network's main one; undefined where the stack holds neither. */
export function tableOf(subnet: Resource, { stack }: Context): Resource | undefined {
  const [own] = membersBy(stack, associationTypes, "subnetId", subnetTypes).get(subnet) ?? [];
  if (own !== undefined) return tableNamed(own, stack);
  const network = networkOf(subnet, { stack });
  if (network === undefined) return undefined;
  const [main] = membersBy(stack, mainAssociationTypes, "vpcId", vpcTypes).get(network) ?? [];
  if (main !== undefined) return tableNamed(main, stack);
  return mainTables(stack).get(network);
}

/** The network of a subnet, where the stack holds it. */
export function networkOf(subnet: Resource, { stack }: Context): Resource | undefined {
  return stack.references(subnet, "vpcId", vpcTypes, field(subnet.properties, "vpcId")).resources[0];
}

function tableNamed(association: Resource, stack: Stack): Resource | undefined {
  const value = field(association.properties, "routeTableId");
  return stack.references(association, "routeTableId", tableTypes, value).resources[0];
}

/** Main tables that the stack has adopted, by their network. */
const mainTables = memoize((stack: Stack): ReadonlyMap<Resource, Resource> => {
  const tables = new Map<Resource, Resource>();
  const networks = new Map<string, Resource>();
  for (const network of vpcTypes.flatMap((type) => stack.ofType(type))) {
    const id = textAt(network, "defaultRouteTableId") ?? textAt(network, "mainRouteTableId");
    if (id !== undefined) networks.set(id, network);
  }
  for (const table of stack.ofType(tableTypes[1])) {
    const id = textAt(table, "defaultRouteTableId");
    const found =
      (id === undefined ? undefined : networks.get(id)) ?? stack.edges(table, "defaultRouteTableId", vpcTypes)[0];
    if (found !== undefined) tables.set(found, table);
  }
  return tables;
});

/** Every route of a table. */
export function routesOf(table: Resource, { stack }: Context): readonly TableRoute[] {
  const inside = items(field(table.properties, "routes")).map((route): TableRoute => ({
    resource: table,
    property: "routes",
    destination: field(route, "cidrBlock") ?? field(route, "destinationPrefixListId"),
    of: route,
  }));
  const beside = (membersBy(stack, routeTypes, "routeTableId", tableTypes).get(table) ?? []).map(
    (route): TableRoute => ({
      resource: route,
      property: "destinationCidrBlock",
      destination:
        field(route.properties, "destinationCidrBlock") ?? field(route.properties, "destinationPrefixListId"),
      of: route.properties,
    }),
  );
  return [...inside, ...beside];
}

/** Whether clients of the internet reach what stands in a subnet; undefined where nothing speaks against it. */
export function publicGate(subnet: Resource, context: Context): Gate | undefined {
  const table = tableOf(subnet, context);
  if (table === undefined) return withoutTable(subnet, context);
  const name = `the route table "${table.name}" of subnet "${subnet.name}"`;
  if (field(table.properties, "routes") === UNKNOWN) return undefined;
  const routes = routesOf(table, context);
  const ways = routes.filter((route) => leadsToInternet(route, context));
  const covered = ways.flatMap(({ destination }) => text(destination) ?? []);
  if (clientsIn(covered) === "all" || routes.some(isByAppliance)) {
    return (
      detached(ways, context) ?? ways.map((way) => strange(way, subnet, context)).find((gate) => gate !== undefined)
    );
  }
  if (routes.some(({ destination }) => destination === UNKNOWN)) return undefined;
  return closedBy(table, "routes", `${name} has no route from everywhere to an internet gateway`);
}

/** Behind an appliance, or in another network, a way to the internet may go on. */
function isByAppliance({ of }: TableRoute): boolean {
  const keys = ["vpcEndpointId", "networkInterfaceId", "transitGatewayId", "coreNetworkArn", "localGatewayId"];
  return keys.some((key) => field(of, key) !== undefined) || field(of, "destinationPrefixListId") !== undefined;
}

function leadsToInternet({ resource, property, of }: TableRoute, { stack }: Context): boolean {
  if (field(of, "state") === "blackhole") return false;
  const value = field(of, "gatewayId");
  if (value === undefined) return false;
  const key = property === "routes" ? "routes" : "gatewayId";
  return (
    stack.references(resource, key, gatewayTypes, value).resources.length > 0 ||
    value === UNKNOWN ||
    text(value)?.startsWith("igw-") === true
  );
}

/** A gateway that is attached to no network, or that is not there beside a network that is. */
function detached(ways: readonly TableRoute[], { stack }: Context): Gate | undefined {
  const gates = ways.map(({ resource, property, of }): Gate | undefined => {
    const key = property === "routes" ? "routes" : "gatewayId";
    const value = field(of, "gatewayId");
    const [gateway] = stack.references(resource, key, gatewayTypes, value).resources;
    if (gateway === undefined) {
      const id = text(value);
      const isMissing = id !== undefined && stack.ofType(vpcTypes[0]).length > 0;
      const why = `leaves by the internet gateway "${id ?? ""}", which is not in the stack as its network is`;
      return isMissing ? undecidedBy(resource, key, why) : undefined;
    }
    const isAttached =
      field(gateway.properties, "vpcId") !== undefined ||
      (membersBy(stack, attachmentTypes, "internetGatewayId", gatewayTypes).get(gateway) ?? []).length > 0;
    return isAttached
      ? undefined
      : closedBy(gateway, "vpcId", `the internet gateway "${gateway.name}" is attached to no network`);
  });
  return gates.find((gate) => gate !== undefined);
}

/** A gateway is of one network: a route of another one leads nowhere. */
function strange({ resource, property, of }: TableRoute, subnet: Resource, { stack }: Context): Gate | undefined {
  const key = property === "routes" ? "routes" : "gatewayId";
  const [gateway] = stack.references(resource, key, gatewayTypes, field(of, "gatewayId")).resources;
  const [at, here] = [gateway && textAt(gateway, "vpcId"), textAt(subnet, "vpcId")];
  if (gateway === undefined || at === undefined || here === undefined || at === here) return undefined;
  return closedBy(gateway, "vpcId", `the internet gateway "${gateway.name}" is attached to another network`);
}

/** Beside subnets of the same network that have a table, one without goes by the network's main one. */
function withoutTable(subnet: Resource, { stack }: Context): Gate | undefined {
  const network = networkOf(subnet, { stack });
  if (network === undefined || field(subnet.properties, "vpcId") === UNKNOWN) return undefined;
  if (!networksWithTables(stack).has(network)) return undefined;
  const why = `subnet "${subnet.name}" goes by the main route table of its network, which leads to no internet gateway`;
  return closedBy(subnet, "vpcId", why);
}

/** Networks of which the stack lays out the routes. */
const networksWithTables = memoize((stack: Stack): ReadonlySet<Resource> => {
  const found = new Set<Resource>();
  for (const subnet of membersBy(stack, associationTypes, "subnetId", subnetTypes).keys()) {
    const network = networkOf(subnet, { stack });
    if (network !== undefined) found.add(network);
  }
  return found;
});
