/** What ECharts gives to who draws a datum: its values, and where a point of the axes lies, in pixels. */
export interface Drawing {
  value: (dimension: number) => number;
  coord: (at: [x: number, y: number]) => [x: number, y: number];
}

/** A bar between two values of x, from y = 0. Data: from, to, height. */
export function bar(colour: string, opacity = 1) {
  return (_: unknown, { value, coord }: Drawing) => {
    const [left, top] = coord([value(0), value(2)]);
    const [right, bottom] = coord([value(1), 0]);
    return {
      type: 'rect',
      shape: { x: left + 1, y: top, width: Math.max(1, right - left - 2), height: Math.max(0, bottom - top), r: 2 },
      style: { fill: colour, opacity },
    };
  };
}

/** A band between two lines over a common x, drawn once for all its points. Data: x, low, high. */
export function band(colour: string, points: readonly (readonly [x: number, low: number, high: number])[]) {
  return ({ dataIndex }: { dataIndex: number }, { coord }: Drawing) => {
    if (dataIndex !== 0) return undefined;
    const lower = points.map(([x, low]) => coord([x, low]));
    const upper = points.map(([x, , high]) => coord([x, high]));
    return {
      type: 'polygon',
      shape: { points: [...lower, ...upper.reverse()] },
      style: { fill: colour, opacity: 0.16 },
    };
  };
}

/** Half the width of a whisker's ends. */
const END = 4;

/** An interval with its ends. Data: where it stands, its value, low, high; no low: none is drawn. */
export function whisker(colour: string, direction: 'vertical' | 'horizontal') {
  return (_: unknown, { value, coord }: Drawing) => {
    const [at, low, high] = [value(0), value(2), value(3)];
    if (Number.isNaN(low) || Number.isNaN(high)) return undefined;
    const upright = direction === 'vertical';
    const [x1, y1] = coord(upright ? [at, low] : [low, at]);
    const [x2, y2] = coord(upright ? [at, high] : [high, at]);
    const line = (a: number, b: number, c: number, d: number) => ({
      type: 'line',
      shape: { x1: a, y1: b, x2: c, y2: d },
      style: { stroke: colour, lineWidth: 1.4 },
    });
    const end = (x: number, y: number) => (upright ? line(x - END, y, x + END, y) : line(x, y - END, x, y + END));
    return { type: 'group', children: [line(x1, y1, x2, y2), end(x1, y1), end(x2, y2)] };
  };
}
