'use client';

import { useComputedColorScheme } from '@mantine/core';
import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Downloads } from './Downloads';
import { readLook, type Look } from './look';

/** What is brushed over an axis of parallel coordinates; empty: nothing any more. */
export interface AxisSelection {
  axisId: string;
  intervals: readonly (readonly [number, number])[];
}

interface Props {
  title: string;
  /** What to draw, with the colours of the scheme; the same function as long as nothing has changed. */
  option: (look: Look) => EChartsCoreOption;
  /** All figures of the chart as CSV, for its download. */
  csv: () => string;
  /** The figures in words or as a table, for who does not see the drawing. */
  children: ReactNode;
  /** Charts of one group share their cursor. */
  group?: string;
  /** Pixels. */
  height?: number;
  /** What a click on a mark does; gets the name and the place of the datum. */
  onMark?: (mark: { seriesIndex: number; dataIndex: number; name: string }) => void;
  onAxisSelection?: (selection: AxisSelection) => void;
  /** Settings of the chart, beside its title. */
  controls?: ReactNode;
  /** Those that are too wide for that. */
  above?: ReactNode;
}

/** A chart as every page shows it: themed, as wide as its place, downloadable, told in figures, too. */
export function Chart(props: Props) {
  const { title, option, csv, children, group, height = 220, onMark, onAxisSelection, controls, above } = props;
  const scheme = useComputedColorScheme('light');
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(undefined);
  const mark = useRef(onMark);
  const axisSelection = useRef(onAxisSelection);
  const id = useId();

  useEffect(() => {
    mark.current = onMark;
    axisSelection.current = onAxisSelection;
  }, [onMark, onAxisSelection]);

  useEffect(() => {
    const element = place.current!;
    let gone = false;
    let stop = (): void => undefined;
    void import('./echarts').then(({ connect, init }) => {
      if (gone) return;
      const made = init(element, null, { renderer: 'svg', height });
      if (group !== undefined) {
        made.group = group;
        connect(group);
      }
      made.on('click', ({ seriesIndex = 0, dataIndex, name }) => mark.current?.({ seriesIndex, dataIndex, name }));
      made.on('axisareaselected', (event) => {
        const { parallelAxisId, intervals } = event as { parallelAxisId: string; intervals: [number, number][] };
        axisSelection.current?.({ axisId: parallelAxisId, intervals });
      });
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
  }, [group, height]);

  useEffect(() => {
    const element = place.current!;
    const draw = (): void => {
      const { fontFamily } = getComputedStyle(element);
      const drawn = { animation: false, textStyle: { fontFamily }, ...option(readLook(element, scheme)) };
      chart.current?.setOption(drawn, { notMerge: true });
    };
    draw();
    element.addEventListener('ready', draw);
    return () => element.removeEventListener('ready', draw);
  }, [option, scheme]);

  return (
    <figure className="panel" style={{ margin: 0, padding: 10 }} aria-labelledby={id}>
      <div className="row spread" style={{ flexWrap: 'nowrap' }}>
        <figcaption id={id} className="truncate" style={{ fontWeight: 600, fontSize: 13 }} title={title}>
          {title}
        </figcaption>
        <span className="row" style={{ flexWrap: 'nowrap', gap: 6 }}>
          {controls}
          <Downloads title={title} csv={csv} svg={() => chart.current?.renderToSVGString()} />
        </span>
      </div>
      {above}
      <div ref={place} aria-hidden="true" style={{ height, width: '100%' }} />
      <details style={{ fontSize: 12.5 }}>
        <summary className="muted">In figures</summary>
        {children}
      </details>
    </figure>
  );
}
