/**
 * Contrast (standard deviation of the pixels) below which an image shows nothing: of FER-2013's 35,887 images those that
 * are one grey lie below it, and no face does.
 */
export const BLANK_CONTRAST = 2;
