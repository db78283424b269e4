'use client';

import { useComputedColorScheme } from '@mantine/core';
import type { ECharts } from 'echarts/core';
import { useEffect, useId, useRef } from 'react';
import { DataTable } from '@/design/DataTable';
import { Downloads } from './Downloads';
import { lookOf } from './palette';

export interface Line {
  /** Such as a run's name. */
  name: string;
  /** Its place in the palette: the same thing has the same colour in every chart. */
  place: number;
  /** x and y; a y that is no number breaks the line. */
  points: readonly (readonly [number, number | null])[];
}

interface Props {
  title: string;
  lines: readonly Line[];
  /** What x is, such as `step`. */
  x: string;
  xIsTime?: boolean;
  logarithmic?: boolean;
  /** Charts of one group share their cursor. */
  group: string;
}

const HEIGHT = 220;
const SHADES = ['--muted', '--line', '--surface', '--ink'] as const;

/** Lines over a common x. Its figures are told in words below it, too. */
export function LineChart({ title, lines, x, xIsTime = false, logarithmic = false, group }: Props) {
  const scheme = useComputedColorScheme('light');
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(undefined);
  const id = useId();

  useEffect(() => {
    const element = place.current!;
    let gone = false;
    let stop = (): void => undefined;
    void import('./echarts').then(({ connect, init }) => {
      if (gone) return;
      const made = init(element, null, { renderer: 'svg', height: HEIGHT });
      made.group = group;
      connect(group);
      chart.current = made;
      const observer = new ResizeObserver(() => made.resize());
      observer.observe(element);
      stop = () => {
        observer.disconnect();
        made.dispose();
        chart.current = undefined;
      };
      element.dispatchEvent(new Event('ready'));
    });
    return () => {
      gone = true;
      stop();
    };
  }, [group]);

  useEffect(() => {
    const element = place.current!;
    const style = getComputedStyle(element);
    const [muted, line, surface, ink] = SHADES.map((name) => style.getPropertyValue(name).trim());
    const axis = {
      axisLabel: { color: muted, hideOverlap: true },
      axisLine: { lineStyle: { color: line } },
      splitLine: { show: false },
    };
    const draw = (): void =>
      chart.current?.setOption(
        {
          animation: false,
          grid: { left: 8, right: 14, top: 10, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
          tooltip: {
            trigger: 'axis',
            confine: true,
            backgroundColor: surface,
            borderColor: line,
            textStyle: { color: ink, fontSize: 12 },
          },
          dataZoom: [{ type: 'inside', zoomOnMouseWheel: 'ctrl' }],
          xAxis: { type: xIsTime ? 'time' : 'value', min: 'dataMin', max: 'dataMax', ...axis },
          yAxis: {
            type: logarithmic ? 'log' : 'value',
            scale: true,
            ...axis,
            splitLine: { lineStyle: { color: line } },
          },
          series: lines.map(({ name, place: at, points }) => {
            const look = lookOf(at, scheme);
            return {
              type: 'line',
              name,
              data: logarithmic ? points.map(([px, y]) => [px, y !== null && y > 0 ? y : null]) : points,
              showSymbol: points.length === 1,
              lineStyle: { width: 1.6, ...look },
              itemStyle: { color: look.color },
              emphasis: { focus: 'series' },
            };
          }),
        },
        { notMerge: true },
      );
    draw();
    element.addEventListener('ready', draw);
    return () => element.removeEventListener('ready', draw);
  }, [lines, logarithmic, scheme, xIsTime]);

  return (
    <figure className="panel" style={{ margin: 0, padding: 10 }} aria-labelledby={id}>
      <div className="row spread" style={{ flexWrap: 'nowrap' }}>
        <figcaption id={id} className="truncate" style={{ fontWeight: 600, fontSize: 13 }} title={title}>
          {title}
        </figcaption>
        <Downloads title={title} x={x} lines={lines} svg={() => chart.current?.renderToSVGString()} />
      </div>
      <div ref={place} aria-hidden="true" style={{ height: HEIGHT, width: '100%' }} />
      <details style={{ fontSize: 12.5 }}>
        <summary className="muted">In figures</summary>
        <Figures lines={lines} x={x} xIsTime={xIsTime} />
      </details>
    </figure>
  );
}

const figure = new Intl.NumberFormat('en', { maximumSignificantDigits: 5 });

const FIGURES = ['Last', 'Smallest', 'Largest'];

function Figures({ lines, x, xIsTime }: Pick<Props, 'lines' | 'x' | 'xIsTime'>) {
  return (
    <DataTable heads={[{ label: 'Run' }, ...[`Last ${x}`, ...FIGURES].map((label) => ({ label, number: true }))]}>
      {lines.map(({ name, points }) => {
        const values = points.map(([, y]) => y).filter((y) => y !== null);
        const [at, last] = points.at(-1) ?? [];
        const shown = (y: number | null | undefined): string => (y == null ? '–' : figure.format(y));
        return (
          <tr key={name}>
            <td>{name}</td>
            <td className="number">{xIsTime && at !== undefined ? new Date(at).toLocaleString() : shown(at)}</td>
            <td className="number">{shown(last)}</td>
            <td className="number">{shown(values.length > 0 ? Math.min(...values) : null)}</td>
            <td className="number">{shown(values.length > 0 ? Math.max(...values) : null)}</td>
          </tr>
        );
      })}
    </DataTable>
  );
}
