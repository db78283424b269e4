/** How a value is written. */
export type FieldKind =
  | 'text'
  /** Several lines of one text. */
  | 'area'
  | 'number'
  /** Numbers, separated by commas. */
  | 'numbers'
  /** A list of texts, one a line. */
  | 'lines'
  /** For each label other words: `happy: joyful, glad`. */
  | 'words'
  | 'choice'
  | 'switch';

/** A field of a config; the API alone knows what it may hold. */
export interface FieldOfConfig {
  /** In the config, such as `input.width`. */
  path: string;
  label: string;
  hint?: string;
  kind: FieldKind;
  choices?: readonly string[];
  /** What holds where nothing is said. */
  usual?: string;
  required?: boolean;
  /** It needs the whole width. */
  wide?: boolean;
}

export interface GroupOfFields {
  title: string;
  hint?: string;
  fields: readonly FieldOfConfig[];
  /** Shown when it is asked for. */
  folded?: boolean;
}
