import { getAt, isObject, setAt, type Draft } from '@/forms/paths';

/** Stands for a file that is not uploaded yet; no file has this digest. */
export const MISSING = '0'.repeat(64);

/** A file that a spec names. */
export interface FileOfDraft {
  /** In the spec, such as `weights`, as the API names it in problems. */
  place: string;
  /** For people. */
  name: string;
  /** undefined until it is uploaded. */
  digest: string | undefined;
}

const NAMES: Readonly<Record<string, string>> = {
  weights: 'ONNX file',
  vision: 'Image encoder, ONNX',
  text: 'Text encoder, ONNX',
};

interface FolderFile {
  path: string;
  digest: string;
}

const isFolderFile = (value: unknown): value is FolderFile =>
  isObject(value) && typeof value.path === 'string' && typeof value.digest === 'string';

/** The files of a folder that a draft names. */
function folderOf(draft: Draft): readonly FolderFile[] {
  const files = getAt(draft, 'runtime.files');
  return Array.isArray(files) ? files.filter(isFolderFile) : [];
}

export function filesOfDraft(draft: Draft): FileOfDraft[] {
  const known = (digest: unknown): string | undefined =>
    typeof digest === 'string' && digest !== MISSING ? digest : undefined;
  if (draft.kind === 'vlm-prompt') {
    return folderOf(draft).map(({ path, digest }, i) => ({
      place: `runtime.files.${i}`,
      name: path,
      digest: known(digest),
    }));
  }
  const places =
    draft.kind === 'onnx-classifier' ? ['weights'] : draft.kind === 'clip-zero-shot' ? ['vision', 'text'] : [];
  return places.map((place) => ({ place, name: NAMES[place]!, digest: known(getAt(draft, `${place}.digest`)) }));
}

/** The draft with a file in its place. */
export function withFile(draft: Draft, place: string, digest: string): Draft {
  if (!place.startsWith('runtime.files.')) return setAt(draft, `${place}.digest`, digest);
  const at = Number(place.slice('runtime.files.'.length));
  const files = folderOf(draft).map((file, i) => (i === at ? { ...file, digest } : file));
  return setAt(draft, 'runtime.files', files);
}

/** The draft with files that a graph of its folder names beside it, and that it does not have yet. */
export function withExternalFiles(draft: Draft, place: string, names: readonly string[]): Draft {
  const files = folderOf(draft);
  const graph = files[Number(place.slice('runtime.files.'.length))];
  if (!graph || !place.startsWith('runtime.files.')) return draft;
  const folder = graph.path.slice(0, graph.path.lastIndexOf('/') + 1);
  const more = names
    .map((name) => `${folder}${name}`)
    .filter((path) => !files.some((file) => file.path === path))
    .map((path) => ({ path, digest: MISSING }));
  return more.length === 0 ? draft : setAt(draft, 'runtime.files', [...files, ...more]);
}
