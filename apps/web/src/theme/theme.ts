import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** One accent. Contrast with white is above 4.5 from shade 6 on. */
const indigo: MantineColorsTuple = [
  '#eef1ff',
  '#dce2fb',
  '#b6c1f1',
  '#8e9fe8',
  '#6c81e0',
  '#5970db',
  '#4c63d2',
  '#3f53bd',
  '#364aaa',
  '#2a3f97',
];

export const theme = createTheme({
  primaryColor: 'indigo',
  colors: { indigo },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '600' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
});
