import type { DatasetFormat } from '@/generated/graphql';

/** What a file may look like, told to who imports one. */
export const FORMATS: readonly { value: DatasetFormat; label: string; about: string; example: string }[] = [
  {
    value: 'FER_CSV',
    label: 'FER-2013 CSV',
    about: 'fer2013.csv or icml_face_data.csv, gzipped or not: one row for each picture.',
    example: 'emotion,pixels,Usage\n0,70 80 82 72 58 …,Training\n6,151 150 147 155 …,PublicTest',
  },
  {
    value: 'IMAGE_FOLDER',
    label: 'Folder of images by class',
    about: 'A folder, zip, tar or tar.gz. Without splits all of it is for testing.',
    example: 'train/happy/001.png\ntrain/sad/002.png\ntest/happy/003.png',
  },
  {
    value: 'IMAGE_MANIFEST',
    label: 'Images with a CSV',
    about: 'A folder or an archive with the images and one CSV, whose column split may be absent.',
    example: 'file,label,split\nfaces/001.png,happy,train\nfaces/002.png,sad,test',
  },
];
