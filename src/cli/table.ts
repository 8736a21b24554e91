/** Rows as lines with their columns below each other; columns after the first may be numbers, which end below each other. */
export function table(rows: readonly (readonly string[])[], { numbers = false } = {}): readonly string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]!.length))) ?? [];
  return rows.map((row) => row.map((cell, column) => (numbers && column > 0 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  ').trimEnd());
}
