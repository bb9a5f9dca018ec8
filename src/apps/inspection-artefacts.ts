import type { InspectionReport } from '../production/document/inspection-report';
import { decodePictures } from '../production/inspection/render/decode-pictures';
import { renderReportHtml } from '../production/inspection/render/render-report-html';
import { renderReportJson } from '../production/inspection/render/render-report-json';
import { renderReportJunit } from '../production/inspection/render/render-report-junit';
import { openPictureDecoder } from './wiring/records';
import type { Artefact } from './write-artefacts';

export type ReportForm = 'html' | 'junit';

/** What an inspection leaves in a folder: its report in two forms, and the files as read. */
export async function inspectionArtefacts(
  report: InspectionReport,
  form: ReportForm,
): Promise<readonly Artefact[]> {
  return [
    ...(await reportArtefacts(report, form)),
    ...[...report.files].map(([name, content]) => ({ path: `files/${name}.bin`, content })),
  ];
}

/** The report in two forms; on the page the pictures that browsers do not know are decoded. */
export async function reportArtefacts(
  report: InspectionReport,
  form: ReportForm,
): Promise<readonly Artefact[]> {
  const json = `${JSON.stringify(renderReportJson(report), undefined, 2)}\n`;
  const artefact = { path: 'inspection.json', content: json };
  if (form === 'junit') {
    return [artefact, { path: 'inspection.xml', content: renderReportJunit(report) }];
  }
  const decoded = await decodePictures(report, openPictureDecoder());
  return [artefact, { path: 'inspection.html', content: renderReportHtml(report, { decoded }) }];
}
