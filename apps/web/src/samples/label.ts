/** A true class; null where a competition hides it. */
export const labelWords = (label: string | null | undefined): string => label ?? 'label hidden';
