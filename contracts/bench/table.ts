// The gas table: what it prints, and what of it is kept beside it and held against the next run.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

export interface Row {
  /** For the line that programs read; a row without has no bar. */
  name?: string;
  what: string;
  must?: number;
  aim?: number;
  figure: number;
  /** More of it is better. */
  more?: boolean;
  unit?: string;
}

export interface PeerRow {
  peer: string;
  version: string;
  measured: string;
  gas: number;
  /** Whether it keeps both legs for some time, as Quoin's lock does, or only exchanges them. */
  escrow: boolean;
  /** Where the figure comes from, if it was not measured in this run. */
  quoted?: string;
}

const UNIT = "gas";

export function rounded(figure: number): number {
  return Math.round(figure * 100) / 100;
}

/** The figure that `name` stands for. */
export function figureOf(rows: Row[], name: string): number {
  return rows.find((row) => row.name === name)!.figure;
}

export function printRows(rows: Row[]) {
  const lines = rows.map(({ what, must, aim, figure }) => [what, shown(must), shown(aim), shown(figure)]);
  print([["gas per fill", "must", "aim", "figure"], ...lines]);
}

export function printPeers(peers: PeerRow[], escrow: number, settle: number) {
  console.log(`\npeers on the same work; Quoin's escrow is ${shown(escrow)}, its settlement without escrow ${shown(settle)}`);
  const lines = peers.map(({ peer, version, measured, gas, escrow: escrows, quoted }) => [
    `${peer} ${version}`,
    shown(gas),
    times(gas / escrow),
    escrows ? "" : times(gas / settle),
    quoted === undefined ? measured : `${measured}; not measured here: ${quoted}`,
  ]);
  print([["peer", "gas per fill", "x escrow", "x settle", " what"], ...lines], 4);
}

/** Lines that `./quoin bench` reads. */
export function printFigures(rows: Row[]) {
  for (const { name, figure, must, unit = UNIT, more = false } of rows) {
    if (name === undefined || must === undefined) continue;
    const ok = more ? figure >= must : figure <= must;
    console.log(`figure ${name} = ${figure} ${unit} (bar ${more ? ">=" : "<="} ${must}) ${ok ? "ok" : "short"}`);
  }
}

/** Every figure must be the one in the file, to the unit: the chain is in memory, its clock and all keys are fixed. */
export function differences(file: URL, rows: object[]): string[] {
  const known: object[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const wanted = known.map((row) => JSON.stringify(row));
  const found = JSON.parse(JSON.stringify(rows)).map((row: object) => JSON.stringify(row));
  return [
    ...found.filter((row: string) => !wanted.includes(row)).map((row: string) => `measured ${row}`),
    ...wanted.filter((row) => !found.includes(row)).map((row) => `kept     ${row}`),
  ];
}

export function keep(file: URL, rows: object[]) {
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
}

/** Columns before `left` are numbers but for the first. */
function print(lines: string[][], left = Infinity) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines) {
    const cells = line.map((cell, column) =>
      column === 0 || column >= left ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
    );
    console.log(cells.join("  ").trimEnd());
  }
}

function shown(value: number | undefined): string {
  return value === undefined ? "" : value.toLocaleString("en-US");
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)}`;
}
