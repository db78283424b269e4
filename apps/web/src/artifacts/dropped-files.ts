'use client';

/** A file and where it is to lie in the folder. */
export interface NewFile {
  path: string;
  file: File;
}

/** Files of an input; those of a chosen folder keep their paths. */
export const chosenFiles = (files: Iterable<File>): NewFile[] =>
  [...files].map((file) => ({ file, path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath }));

/** What was dropped, folders with all that is in them. Must be asked before anything is waited for. */
export async function droppedFiles(transfer: DataTransfer): Promise<NewFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return (await Promise.all(entries.map(filesOf))).flat();
}

async function filesOf(entry: FileSystemEntry): Promise<NewFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    return [{ file, path: entry.fullPath.replace(/^\//, '') }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: NewFile[] = [];
  // Readers give a folder in parts, an empty one at its end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (part.length === 0) return found;
    found.push(...(await Promise.all(part.map(filesOf))).flat());
  }
}
