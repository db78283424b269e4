/** Which rows are chosen: some of them, or all that fit but for some. */
export type Selection = { all: false; ids: ReadonlySet<string> } | { all: true; but: ReadonlySet<string> };

export const NOTHING: Selection = { all: false, ids: new Set() };
export const EVERYTHING: Selection = { all: true, but: new Set() };

export const isChosen = (selection: Selection, id: string): boolean =>
  selection.all ? !selection.but.has(id) : selection.ids.has(id);

/** @param total rows that fit */
export const sizeOf = (selection: Selection, total: number): number =>
  selection.all ? Math.max(0, total - selection.but.size) : selection.ids.size;

/** Chooses rows, or leaves them. */
export function choose(selection: Selection, ids: Iterable<string>, on: boolean): Selection {
  const next = new Set(selection.all ? selection.but : selection.ids);
  for (const id of ids) {
    if (on === selection.all) next.delete(id);
    else next.add(id);
  }
  return selection.all ? { all: true, but: next } : { all: false, ids: next };
}
