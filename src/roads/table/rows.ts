const junctionsABlock = 512;

/** Columns side by side become rows one after the other; block by block, so that both stay in the cache. */
export function rowsFromColumns(columns: readonly Uint16Array[], junctions: number): Uint16Array {
  const width = columns.length;
  const rows = new Uint16Array(junctions * width);
  for (let begin = 0; begin < junctions; begin += junctionsABlock) {
    const end = Math.min(junctions, begin + junctionsABlock);
    for (const [column, values] of columns.entries()) {
      for (let junction = begin; junction < end; junction += 1) {
        rows[junction * width + column] = values[junction] ?? 0;
      }
    }
  }
  return rows;
}

/** One column out of rows. */
export function columnFromRows(rows: Uint16Array, width: number, column: number): Uint16Array {
  const values = new Uint16Array(rows.length / width);
  for (let junction = 0; junction < values.length; junction += 1) {
    values[junction] = rows[junction * width + column] ?? 0;
  }
  return values;
}
