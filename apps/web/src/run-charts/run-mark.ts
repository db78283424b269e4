import { placeOf } from '@/charts/palette';
import type { Named } from '@/charts/Legend';
import { bareId } from '@/design/format';
import type { TableRow } from '@/runs-table/request';

/** A run's place in the palette: that of its model, or its own where it has none. */
export const placeOfRun = ({ run }: TableRow): number => placeOf(run.modelConfig?.id ?? run.id);

/** A run's name, told apart from others of the same name. */
export const nameOfRun = ({ run }: TableRow): string => `${run.name} #${bareId(run.id)}`;

/** Which colour is which model; none where runs have no models. */
export function modelsOf(rows: readonly TableRow[]): Named[] {
  const models = new Map(rows.flatMap(({ run }) => (run.modelConfig ? [[run.modelConfig.id, run.modelConfig]] : [])));
  return [...models.values()].map(({ id, name, version }) => ({
    name: version > 1 ? `${name} v${version}` : name,
    place: placeOf(id),
    href: `/models/${bareId(id)}`,
  }));
}
