/** The solver: the only file that knows which one it is. A mixed integer program in, numbers out. */
import type { Highs, Model } from "highs";

/** One column: what is decided. */
export interface Column {
  readonly cost: number;
  readonly upper: number;
}

/** `low ≤ Σ coefficient × column ≤ high`; terms name columns by their index. */
export interface Row {
  readonly low: number;
  readonly high: number;
  readonly terms: readonly (readonly [column: number, coefficient: number])[];
}

/** Every column takes whole numbers from 0. The cost is to be least. */
export interface Program {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface Solved {
  readonly kind: "solved";
  readonly values: readonly number[];
  readonly cost: number;
  /** No solution costs less than this: what makes the gap a proof. */
  readonly bound: number;
}

/** `infeasible` is proven; `unknown` means that the time was over before there was a solution. */
export type Solution = Solved | { readonly kind: "infeasible" } | { readonly kind: "unknown" };

export type Solve = (program: Program, seconds: number) => Solution;

/** Loads the solver, which is WebAssembly of some megabytes: once a process, and only where something is planned. */
export async function loadSolver(): Promise<Solve> {
  const { default: load } = await import("highs");
  const highs = await load();
  return (program, seconds) => solve(highs, program, seconds);
}

function solve(highs: Highs, program: Program, seconds: number): Solution {
  if (program.columns.length === 0) {
    const holds = program.rows.every(({ low, high }) => low <= 0 && high >= 0);
    return holds ? { kind: "solved", values: [], cost: 0, bound: 0 } : { kind: "infeasible" };
  }
  return highs.withModel(modelOf(highs, program), (model) => {
    model.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: 0, mip_abs_gap: 1e-6 });
    model.run();
    return read(highs, model, program);
  });
}

function modelOf(highs: Highs, { columns, rows }: Program) {
  const starts = [0];
  for (const { terms } of rows) starts.push((starts.at(-1) ?? 0) + terms.length);
  return {
    numCols: columns.length,
    numRows: rows.length,
    colCost: columns.map(({ cost }) => cost),
    colLower: columns.map(() => 0),
    colUpper: columns.map(({ upper }) => upper),
    rowLower: rows.map(({ low }) => low),
    rowUpper: rows.map(({ high }) => high),
    matrix: {
      format: "csr" as const,
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices: rows.flatMap(({ terms }) => terms.map(([column]) => column)),
      values: rows.flatMap(({ terms }) => terms.map(([, coefficient]) => coefficient)),
    },
    integrality: columns.map(() => highs.constants.variableType.integer),
  };
}

function read(highs: Highs, model: Model, { columns }: Program): Solution {
  const { modelStatus } = highs.constants;
  const status = model.getModelStatus();
  if (status === modelStatus.infeasible) return { kind: "infeasible" };
  const found = model.getSolution().colValue;
  const isFeasible = Number(model.info.get("primal_solution_status")) === 2;
  if (!isFeasible) return { kind: "unknown" };
  const values = columns.map((_, column) => Math.round(found[column] ?? 0));
  const cost = columns.reduce((sum, column, index) => sum + column.cost * (values[index] ?? 0), 0);
  const bound = status === modelStatus.optimal ? cost : Number(model.info.get("mip_dual_bound"));
  return { kind: "solved", values, cost, bound: Math.min(cost, Number.isFinite(bound) ? bound : 0) };
}
