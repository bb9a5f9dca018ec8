import type { InspectionReport } from '../production/document/inspection-report';
import { renderReportHtml } from '../production/inspection/render/render-report-html';
import { renderReportJson } from '../production/inspection/render/render-report-json';
import { renderReportJunit } from '../production/inspection/render/render-report-junit';
import type { Artefact } from './write-artefacts';

export type ReportForm = 'html' | 'junit';

/** What an inspection leaves in a folder: its report in two forms, and the files as read. */
export function inspectionArtefacts(
  report: InspectionReport,
  form: ReportForm,
): readonly Artefact[] {
  return [
    ...reportArtefacts(report, form),
    ...[...report.files].map(([name, content]) => ({ path: `files/${name}.bin`, content })),
  ];
}

export function reportArtefacts(report: InspectionReport, form: ReportForm): readonly Artefact[] {
  const json = `${JSON.stringify(renderReportJson(report), undefined, 2)}\n`;
  return [
    { path: 'inspection.json', content: json },
    form === 'html'
      ? { path: 'inspection.html', content: renderReportHtml(report) }
      : { path: 'inspection.xml', content: renderReportJunit(report) },
  ];
}
