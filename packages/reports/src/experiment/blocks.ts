/**
 * A report as it reads, whatever it is written in: sections of paragraphs, lists, tables and pictures. Each format has
 * one function that writes these (html.ts, markdown.ts, latex.ts); what stands in them is said once (sections/).
 */
export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | TableBlock
  /** A drawing of ours, for formats that can show one. */
  | { readonly kind: 'drawing'; readonly svg: string; readonly caption: string }
  /** Pairs of pictures, named by their digests. */
  | { readonly kind: 'pictures'; readonly pairs: readonly PicturePair[] }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [string, string])[] };

export interface TableBlock {
  readonly kind: 'table';
  /** Also its label in LaTeX. */
  readonly name: string;
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly text?: boolean }[];
  readonly rows: readonly (readonly Cell[])[];
  /** Folded away where the format can, such as the tenth matrix. */
  readonly folded?: boolean;
}

export interface Cell {
  readonly text: string;
  /** Path within the page, such as `/runs/1`. */
  readonly path?: string;
  readonly strong?: boolean;
  /** From 0 to 1: how deep the cell is tinted. */
  readonly depth?: number;
}

export interface PicturePair {
  readonly digests: readonly [string, string];
  readonly caption: string;
  /** Path within the page, where more is said of them. */
  readonly path: string;
}

export const cell = (text: string, path?: string): Cell => (path === undefined ? { text } : { text, path });
