import type { Database } from '@samplewise/database';
import { entrantKey, type Actor } from '../auth/policy.ts';

/** In whose name a submission is sent. */
export interface Entrant {
  key: string;
  /** As it stands on the board. */
  name: string;
}

const MACHINE = 'this machine';

/** @returns undefined for somebody who has no name here; the policy lets no such one submit */
export async function entrantOf({ prisma }: Pick<Database, 'prisma'>, actor: Actor): Promise<Entrant | undefined> {
  const key = entrantKey(actor);
  if (key === undefined) return undefined;
  const [kind, id = ''] = key.split(/:(.*)/s);
  if (kind === 'person') {
    const person = await prisma.person.findUnique({ where: { id }, select: { name: true } });
    return person ? { key, name: person.name } : undefined;
  }
  if (kind === 'team') {
    const team = await prisma.team.findUnique({ where: { id: BigInt(id) }, select: { name: true } });
    return team ? { key, name: team.name } : undefined;
  }
  return { key, name: MACHINE };
}
