/** Where a resource of AWS stands: its region, and the zones of its subnets. */
import {
  domainId,
  known,
  nameOf,
  unknown,
  zoneDomain,
  regionDomain,
  type DomainId,
  type FailureDomain,
  type Known,
  type Site,
} from "../../model";
import { UNKNOWN, type Resource, type Value } from "../resource";
import type { Stack } from "../stack";
import { accountOfProvider } from "./account";
import { regionCode, regionOfArn, regionOfZone } from "./regionCode";
import { at, field, items, propertyPath, text, textAt } from "../values";
import { addTo } from "../../lib/lists";
import { byText } from "../../lib/order";

export const subnetTypes = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"] as const;
const operator = "aws";
const providerType = "pulumi:providers:aws";

/** A zone's domain, and the subnet or resource that says so. */
export type Zones = Known<readonly DomainId[]>;

interface ZoneNames {
  /** Zone id by account and name, as subnets show it. */
  readonly ids: ReadonlyMap<string, string>;
  readonly several: boolean;
}

/** Places of AWS; remembers each region, subnet and zone, and the domains that it has met. */
export class AwsPlaces {
  readonly #stack: Stack;
  readonly #domains: FailureDomain[] = [];
  readonly #met = new Set<DomainId>();
  readonly #operators = new Map<string, string>();
  readonly #words = new Map<string, string[]>();
  readonly #subnets = new Map<Resource, Known<DomainId>>();
  #names: ZoneNames | undefined;
  #told: ReadonlyMap<string, string | undefined> | undefined;

  constructor(stack: Stack, sites: readonly Site[]) {
    this.#stack = stack;
    for (const site of sites) {
      if (site.kind !== "cloud") continue;
      this.#operators.set(site.region, site.operator);
      addTo(this.#words, site.region, site.name);
    }
  }

  /** The regions and zones met so far, beside those of the sites' catalogue. */
  get domains(): readonly FailureDomain[] {
    return this.#domains;
  }

  /**
   * Code of the region: the resource's own, else the one in its ARN, else its provider's; else the one that all others
   * of its provider tell, by their ARNs and the names of their zones, for a provider works in one.
   */
  regionOf(resource: Resource): Known<string> {
    const said = regionCode(resource, (one) => this.#stack.providerOf(one));
    if (said.known || field(resource.properties, "region") === UNKNOWN) return said;
    const provider = this.#stack.providerOf(resource);
    if (provider !== undefined && field(provider.properties, "region") === UNKNOWN) return said;
    this.#told ??= regionsTold(this.#stack);
    const told = this.#told.get(provider?.urn ?? "");
    return told === undefined ? said : known(told);
  }

  /** How names of resources speak of a region: its code and its sites' names. */
  wordsFor(code: string): readonly string[] {
    return [code, ...(this.#words.get(code) ?? [])];
  }

  /** `region:<code>`, which falls with its operator. */
  region(code: string): DomainId {
    const id = domainId("region", code);
    if (!this.#met.has(id)) {
      this.#met.add(id);
      this.#domains.push(regionDomain(code, this.#operatorOf(code)));
    }
    return id;
  }

  /** Stands in the region as a whole: services that AWS itself keeps in at least three zones. */
  regional(resource: Resource): Known<readonly DomainId[]> {
    const region = this.regionOf(resource);
    return region.known ? known([this.region(region.value)]) : region;
  }

  /** The part of AWS that takes orders in one region, such as scaling or promoting; it falls with the region. */
  controlPlane(service: string, code: string): DomainId {
    return this.#named("controlPlane", `${service}/${code}`, [this.region(code)]);
  }

  /** Something that fails when the last of these zones has failed. */
  anyOf(name: string, zones: readonly DomainId[]): DomainId {
    const id = domainId("controlPlane", `${name}/${zones.map(nameOf).join("+")}`);
    if (!this.#met.has(id)) {
      this.#met.add(id);
      this.#domains.push({ id, kind: "controlPlane", name: nameOf(id), within: [], suppliedBy: [zones] });
    }
    return id;
  }

  /** Zone of a resource by its own properties; undefined where they say nothing of a zone. */
  ownZone(resource: Resource): Known<DomainId> | undefined {
    const region = this.regionOf(resource);
    const id = at(resource.properties, "availabilityZoneId");
    const name = at(resource.properties, "availabilityZone");
    const [idText, nameText] = [text(id), text(name)];
    if (idText !== undefined) return region.known ? known(this.#zone(idText, region.value)) : region;
    if (nameText !== undefined) return region.known ? this.#zoneNamed(nameText, region.value, resource) : region;
    if (id !== UNKNOWN && name !== UNKNOWN) return undefined;
    const property = name === UNKNOWN ? "availabilityZone" : "availabilityZoneId";
    // Made from a subnet's own zone: which it is, the subnet can say.
    const [subnet, ...others] = this.#stack.edges(resource, property, subnetTypes);
    const follows = subnet !== undefined && subnet !== resource && others.length === 0;
    return follows ? this.subnetZone(subnet) : unknown(propertyPath(resource, property));
  }

  /** A zone by its id, in the region of the resource that names it. */
  zoneOf(resource: Resource, id: string): Known<DomainId> {
    const region = this.regionOf(resource);
    return region.known ? known(this.#zone(id, region.value)) : region;
  }

  /** Zones by name, as a resource lists them instead of subnets. */
  zonesNamed(resource: Resource, names: Value): Zones | undefined {
    if (names === UNKNOWN) return unknown(propertyPath(resource, "availabilityZones"));
    if (items(names).length === 0) return undefined;
    const region = this.regionOf(resource);
    if (!region.known) return region;
    return all(
      items(names).map((item) => {
        const name = text(item);
        return name === undefined
          ? unknown(propertyPath(resource, "availabilityZones"))
          : this.#zoneNamed(name, region.value, resource);
      }),
    );
  }

  /** Zones of the subnets that a property names, sorted, each once; undefined where it names none. */
  zonesOfSubnets(resource: Resource, property: string, value: Value): Zones | undefined {
    if (value === undefined || value === null) return undefined;
    const { resources, open } = this.#stack.references(resource, property, subnetTypes, value);
    if (open) return unknown(propertyPath(resource, property));
    if (resources.length === 0) return undefined;
    return all(resources.map((subnet) => this.subnetZone(subnet)));
  }

  /** Zones of the subnets of the subnet group that a property names; undefined where the stack does not hold it. */
  zonesOfGroup(resource: Resource, property: string, types: readonly string[]): Zones | undefined {
    const value = at(resource.properties, property);
    const [group] = this.#stack.references(resource, property, types, value).resources;
    return group && this.zonesOfSubnets(group, "subnetIds", at(group.properties, "subnetIds"));
  }

  subnetZone(subnet: Resource): Known<DomainId> {
    let zone = this.#subnets.get(subnet);
    if (zone === undefined) {
      // Holds while it is being read: subnets that name each other's zone end here.
      this.#subnets.set(subnet, unknown(propertyPath(subnet, "availabilityZoneId")));
      zone = this.ownZone(subnet) ?? unknown(propertyPath(subnet, "availabilityZoneId"));
      this.#subnets.set(subnet, zone);
    }
    return zone;
  }

  /**
   * Names of zones are drawn per account: `ap-northeast-2a` of two accounts may be two buildings, or one. Where a
   * subnet of the same account shows the id behind a name, the id is taken; else a name is as good as an id only while
   * every resource of the stack is in one account.
   */
  #zoneNamed(name: string, region: string, resource: Resource): Known<DomainId> {
    const { ids, several } = this.#zoneNames();
    const id = ids.get(`${this.#accountOf(resource)} ${name}`);
    if (id !== undefined) return known(this.#zone(id, region));
    if (several) {
      return unknown(
        `${propertyPath(resource, "availabilityZoneId")} (the zone name "${name}" is drawn anew for each ` +
          "account, and the stack uses several: the name cannot be compared)",
      );
    }
    return known(this.#zone(name, region));
  }

  #zone(zoneId: string, region: string): DomainId {
    const id = domainId("zone", zoneId);
    if (!this.#met.has(id)) {
      this.#met.add(id);
      this.region(region);
      this.#domains.push(zoneDomain(zoneId, region, this.#operatorOf(region)));
    }
    return id;
  }

  #named(kind: "controlPlane", name: string, within: readonly DomainId[]): DomainId {
    const id = domainId(kind, name);
    if (!this.#met.has(id)) {
      this.#met.add(id);
      this.#domains.push({ id, kind, name, within, suppliedBy: [] });
    }
    return id;
  }

  #operatorOf(region: string): string {
    return this.#operators.get(region) ?? operator;
  }

  #zoneNames(): ZoneNames {
    if (this.#names === undefined) {
      const ids = new Map<string, string>();
      const accounts = new Set(this.#stack.ofType(providerType).map((provider) => accountOfProvider(provider).login));
      for (const subnet of subnetTypes.flatMap((type) => this.#stack.ofType(type))) {
        const account = this.#accountOf(subnet);
        const name = textAt(subnet, "availabilityZone");
        const id = textAt(subnet, "availabilityZoneId");
        if (name !== undefined && id !== undefined) ids.set(`${account} ${name}`, id);
      }
      this.#names = { ids, several: accounts.size > 1 };
    }
    return this.#names;
  }

  /** What tells the account of a resource from another one of the stack. */
  #accountOf(resource: Resource): string {
    const provider = this.#stack.providerOf(resource);
    return provider === undefined ? "" : accountOfProvider(provider).login;
  }
}

/** The region of each provider that states none, by what its resources tell; undefined where they contradict. */
function regionsTold(stack: Stack): ReadonlyMap<string, string | undefined> {
  const told = new Map<string, string | undefined>();
  for (const resource of stack.resources) {
    if (!resource.type.startsWith("aws:") || text(field(resource.properties, "region")) !== undefined) continue;
    const code =
      regionOfArn(field(resource.properties, "arn")) ?? regionOfZone(field(resource.properties, "availabilityZone"));
    if (code === undefined) continue;
    const provider = stack.providerOf(resource)?.urn ?? "";
    told.set(provider, told.has(provider) && told.get(provider) !== code ? undefined : code);
  }
  return told;
}

/** All of them or, where one is not known, that. */
function all(zones: readonly Known<DomainId>[]): Zones {
  const values: DomainId[] = [];
  for (const zone of zones) {
    if (!zone.known) return zone;
    values.push(zone.value);
  }
  return known([...new Set(values)].sort(byText));
}
