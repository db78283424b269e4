/** In which proxy.ts tells a page its own address, which server components do not learn otherwise. */
export const PATH_HEADER = 'x-samplewise-path';
