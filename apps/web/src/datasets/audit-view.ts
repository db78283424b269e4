import type { DuplicateKind } from '@/generated/graphql';

/** Which groups of duplicates are listed; in the address. */
export interface AuditView {
  show: 'across' | 'conflicts' | 'all';
  kind?: DuplicateKind;
}

export const KINDS: readonly DuplicateKind[] = ['EXACT', 'ALIKE', 'NEAR'];

export function readAuditView(params: URLSearchParams): AuditView {
  const show = params.get('show');
  const kind = KINDS.find((one) => one.toLowerCase() === params.get('kind'));
  return { show: show === 'conflicts' || show === 'all' ? show : 'across', ...(kind && { kind }) };
}

export function writeAuditView({ show, kind }: AuditView): string {
  const params = new URLSearchParams();
  if (show !== 'across') params.set('show', show);
  if (kind) params.set('kind', kind.toLowerCase());
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** As the API takes it. */
export const groupsOf = ({ show, kind }: AuditView) => ({
  ...(kind && { kinds: [kind] }),
  ...(show === 'across' && { acrossSplits: true }),
  ...(show === 'conflicts' && { conflicting: true }),
});
