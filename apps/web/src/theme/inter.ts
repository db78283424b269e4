import localFont from 'next/font/local';

/**
 * The letters of every page. They are asked for with the page itself; where they still come too late, the first view
 * keeps what it began with, so that no line breaks anew under the eyes of the reader.
 */
export const inter = localFont({
  src: '../../../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  display: 'optional',
  variable: '--font-inter',
});
