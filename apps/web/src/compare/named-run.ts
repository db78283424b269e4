import { placesOf } from '@/charts/palette';
import { bareId } from '@/design/format';

/** A run as every chart of the page calls and colours it. */
export interface NamedRun {
  id: string;
  /** With its number, since runs may share a name. */
  name: string;
  /** Without it. */
  bareName: string;
  /** In the palette: of its model, the same on every page. */
  place: number;
}

interface Run {
  id: string;
  name: string;
  modelConfig?: { id: string } | null | undefined;
}

export function namedRuns(runs: readonly Run[]): NamedRun[] {
  const places = placesOf(runs.map((run) => run.modelConfig?.id ?? run.id));
  return runs.map(({ id, name }, i) => ({
    id,
    name: `${name} #${bareId(id)}`,
    bareName: name,
    place: places[i]!,
  }));
}
