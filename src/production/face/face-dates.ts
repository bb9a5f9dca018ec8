/** Where a date is printed: Vietnamese `dd/MM/yyyy`, in the QR code `ddMMyyyy`, or for ICAO. */
export type DateStyle = 'vn' | 'vn-compact' | 'icao';

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');

/**
 * A date of a record as it is printed. What is not known of a date of birth is left out in
 * Vietnamese, filled with zeros in the QR code, and marked by X for ICAO [9303-3 §3.8].
 *
 * @param iso `1950`, `1950-07` or `1950-07-23`
 */
export function writeDate(iso: string, style: DateStyle): string {
  const [year = '', month, day] = iso.split('-');
  switch (style) {
    case 'vn':
      return [day, month, year].filter((part) => part !== undefined).join('/');
    case 'vn-compact':
      return `${day ?? '00'}${month ?? '00'}${year}`;
    case 'icao':
      return `${day ?? 'XX'} ${month === undefined ? 'XXX' : nameMonth(month)} ${year}`;
  }
}

function nameMonth(month: string): string {
  return MONTHS[Number(month) - 1] ?? 'XXX';
}
