const NEWLINE = 10;
const RETURN = 13;

/** Counts lines that are not empty: never fewer than a CSV has records, and as many unless a field has line breaks. */
export async function countLines(chunks: AsyncIterable<Buffer>): Promise<number> {
  let lines = 0;
  let open = false;
  for await (const chunk of chunks) {
    let start = 0;
    while (start < chunk.length) {
      const end = chunk.indexOf(NEWLINE, start);
      const stop = end < 0 ? chunk.length : end;
      if (!open && hasText(chunk, start, stop)) open = true;
      if (end < 0) break;
      if (open) lines++;
      open = false;
      start = end + 1;
    }
  }
  return open ? lines + 1 : lines;
}

function hasText(chunk: Buffer, start: number, stop: number): boolean {
  return stop - start > 1 || (stop - start === 1 && chunk[start] !== RETURN);
}
