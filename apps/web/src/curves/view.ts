import { z } from 'zod';

export const AXES = { step: 'Step', relative: 'Seconds since the first point', time: 'Time' } as const;

/** How curves are drawn; it lives in the page's address. */
export interface CurveView {
  x: keyof typeof AXES;
  logarithmic: boolean;
  /** 0 to 0.99 */
  smoothing: number;
}

const schema = z.object({
  x: z.enum(Object.keys(AXES) as [keyof typeof AXES]).catch('step'),
  log: z.string().nullish(),
  smooth: z.coerce.number().min(0).max(0.99).catch(0),
});

export function readCurveView(params: URLSearchParams): CurveView {
  const { x, log, smooth } = schema.parse({
    x: params.get('x'),
    log: params.get('log'),
    smooth: params.get('smooth') ?? 0,
  });
  return { x, logarithmic: log === 'y', smoothing: smooth };
}

/** The address's other parameters stay. */
export function writeCurveView(params: URLSearchParams, { x, logarithmic, smoothing }: CurveView): string {
  const next = new URLSearchParams(params);
  const set = (name: string, value: string | undefined): void => {
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  };
  set('x', x === 'step' ? undefined : x);
  set('log', logarithmic ? 'y' : undefined);
  set('smooth', smoothing === 0 ? undefined : String(smoothing));
  const text = next.toString();
  return text === '' ? '' : `?${text}`;
}
