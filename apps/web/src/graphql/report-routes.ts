/** What the API writes of an experiment as a file. */
export const REPORT_FORMATS = ['html', 'md', 'tex', 'json'] as const;

/**
 * The API's path of an experiment's report such as `report.html`; undefined where there is no such route.
 * @param page where this page is: the file's figures lead to it
 */
export function pathOfReport(id: string, file: string, page: string): string | undefined {
  const known = /^[1-9]\d{0,17}$/.test(id) && REPORT_FORMATS.some((format) => file === `report.${format}`);
  return known ? `/experiments/Experiment_${id}/${file}?page=${encodeURIComponent(page)}` : undefined;
}
