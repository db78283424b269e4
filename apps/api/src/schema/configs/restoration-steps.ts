import type { Context } from '../../context.ts';
import { found, rowNumber } from '../builder.ts';

/** The steps of a restoration config, as JSON. @throws InvalidInput naming the argument when there is no such config */
export async function stepsOfConfig({ database }: Context, restorationConfigId: string): Promise<unknown> {
  const id = rowNumber(restorationConfigId, 'RestorationConfig', 'restorationConfigId');
  const row = await database.prisma.restorationConfig.findUnique({ where: { id } });
  return found(row, 'restoration config', 'restorationConfigId', restorationConfigId).steps;
}
