/** Rows of several tables as one, by their names. */
import { byText } from "../lib/order";

export class Rows<Row extends object> {
  /** Every name, sorted. */
  readonly names: readonly string[];
  readonly #rows: ReadonlyMap<string, Row>;

  constructor(tables: readonly Readonly<Record<string, Row>>[]) {
    this.#rows = new Map(tables.flatMap((table) => Object.entries(table)));
    this.names = [...this.#rows.keys()].sort(byText);
  }

  get(name: string): Row | undefined {
    return this.#rows.get(name);
  }

  /** What rows have under a key, by their names, sorted; rows without it are left out. */
  having<K extends keyof Row>(key: K): ReadonlyMap<string, NonNullable<Row[K]>> {
    const found = new Map<string, NonNullable<Row[K]>>();
    for (const name of this.names) {
      const value = this.#rows.get(name)?.[key];
      if (value !== undefined && value !== null) found.set(name, value);
    }
    return found;
  }
}
