import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

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

/** Mantine's greys of the dark scheme, in the tone of our own surfaces: words, quiet words, lines, surfaces. */
const dark: MantineColorsTuple = [
  '#e6e8ee',
  '#c3c8d4',
  '#a0a8b8',
  '#6b7383',
  '#3a3f4a',
  '#31353f',
  '#23272f',
  '#1b1e24',
  '#171a1f',
  '#111317',
];

const SANS = "var(--font-inter), 'Inter beyond Latin', system-ui, sans-serif";

export const theme = createTheme({
  primaryColor: 'indigo',
  colors: { indigo, dark },
  fontFamily: SANS,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontFamily: SANS, fontWeight: '600' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  components: {
    // Of dialogs and of notices: a cross alone has no name.
    CloseButton: { defaultProps: { 'aria-label': 'Close' } },
    // What explains a field stands below it, so that fields beside each other are level.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
  },
});

const quiet = (grey: string) => ({ '--mantine-color-dimmed': grey, '--mantine-color-placeholder': grey });

/** Mantine's own greys and its coloured words on a tint stand below WCAG's 4.5 : 1 on our surfaces. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...quiet('#5a6375'),
    '--mantine-color-gray-light-color': 'var(--mantine-color-gray-8)',
    '--mantine-color-indigo-light-color': 'var(--mantine-color-indigo-9)',
    '--mantine-color-teal-light-color': '#00694c',
    '--mantine-color-red-light-color': 'var(--mantine-color-red-9)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
  },
  dark: { ...quiet('#a0a8b8'), '--mantine-color-error': 'var(--mantine-color-red-4)' },
});
