import { lookOf } from './palette';

/** The page's colours, as a chart needs them: as values, since it does not read CSS. */
export interface Look {
  scheme: 'light' | 'dark';
  muted: string;
  line: string;
  surface: string;
  ink: string;
  accent: string;
  right: string;
  wrong: string;
  /** Colour and dash of a series by its place in the palette. */
  series: (place: number) => ReturnType<typeof lookOf>;
  /** Labels and lines of an axis. */
  axis: { axisLabel: object; axisLine: object; splitLine: object; nameTextStyle: object };
  grid: object;
  tooltip: object;
}

/** @param element where the chart stands */
export function readLook(element: Element, scheme: 'light' | 'dark'): Look {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const [muted, line, surface, ink] = [colour('muted'), colour('line'), colour('surface'), colour('ink')];
  return {
    scheme,
    muted,
    line,
    surface,
    ink,
    accent: colour('accent'),
    right: colour('right'),
    wrong: colour('wrong'),
    series: (place) => lookOf(place, scheme),
    axis: {
      axisLabel: { color: muted, hideOverlap: true },
      axisLine: { lineStyle: { color: line } },
      splitLine: { show: false, lineStyle: { color: line } },
      nameTextStyle: { color: muted },
    },
    grid: { left: 8, right: 14, top: 10, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      confine: true,
      backgroundColor: surface,
      borderColor: line,
      textStyle: { color: ink, fontSize: 12 },
    },
  };
}
