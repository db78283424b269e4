import { z } from 'zod';

/** Published forms in which labelled images come. */
export const DATASET_FORMATS = ['fer-csv', 'image-folder', 'image-manifest'] as const;
export const datasetFormat = z.enum(DATASET_FORMATS);
/**
 * `fer-csv`: fer2013.csv or icml_face_data.csv (emotion, pixels, Usage), plain or gzipped.
 * `image-folder`: an archive (zip, tar, tar.gz) of `<class>/<image>` or `<split>/<class>/<image>`.
 * `image-manifest`: an archive with images and one CSV of file, label and optionally split.
 */
export type DatasetFormat = z.infer<typeof datasetFormat>;

export const SPLITS = ['TRAIN', 'VALIDATION', 'TEST'] as const;
export type Split = (typeof SPLITS)[number];

const SPLIT_NAMES: Readonly<Record<string, Split>> = {
  train: 'TRAIN',
  training: 'TRAIN',
  validation: 'VALIDATION',
  valid: 'VALIDATION',
  val: 'VALIDATION',
  dev: 'VALIDATION',
  publictest: 'VALIDATION',
  test: 'TEST',
  testing: 'TEST',
  privatetest: 'TEST',
};

/**
 * The split that a name in a file stands for, without regard to case; undefined when it is none.
 * FER-2013's PublicTest is its validation and PrivateTest its test part (Goodfellow et al., 2013).
 */
export function splitFromName(name: string): Split | undefined {
  return SPLIT_NAMES[name.trim().toLowerCase()];
}

/** FER-2013's classes in the order of its `emotion` column. */
export const FER_LABELS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'] as const;

/** Limits of a dataset import. An image above them is refused, not shrunk. */
export const IMPORT_LIMITS = {
  /** Longest side of one image, in pixels. */
  imageSide: 8192,
  /** Bytes of one encoded image. */
  imageBytes: 32 * 1024 * 1024,
  /** Bytes of the uploaded file. */
  uploadBytes: 4 * 1024 * 1024 * 1024,
  /** Bytes of all files in an archive, unpacked. */
  unpackedBytes: 16 * 1024 * 1024 * 1024,
  samples: 2_000_000,
  labels: 10_000,
  /** Problems that one report lists; the rest is counted. */
  problems: 100,
} as const;

/** An upload in parts that has not ended within this time is gone. */
export const UPLOAD_HOURS = 24;
