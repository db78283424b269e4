import { xml } from '../escape.ts';
import { STYLE } from './style.ts';

/** A plain page where there is nothing to read. */
export const refusalHtml = (message: string): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    `<meta name="robots" content="noindex"><title>${xml(message)}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${xml(message)}</h1><p>A link that has led here may have been revoked, or has expired.</p></main></body>`,
    '</html>',
    '',
  ].join('\n');
