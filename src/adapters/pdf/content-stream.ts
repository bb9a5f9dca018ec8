/** A place in millimetres from the upper left corner, y downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GradientStop {
  readonly at: number;
  readonly colour: string;
}

/** A PDF dictionary as pdfkit writes it: strings become names. */
export type PdfDictionary = Readonly<Record<string, unknown>>;

/** Dictionaries that the operators refer to by name. */
export interface StreamResources {
  readonly Shading: Record<string, PdfDictionary>;
  readonly ExtGState: Record<string, PdfDictionary>;
}

/** Ratio of handle to radius that makes a quarter circle of one Bézier curve. */
const QUARTER = 0.5522847498;

/** PDF operators for drawing in millimetres; a small vocabulary, written once and then reused. */
export class ContentStream {
  readonly resources: StreamResources = { Shading: {}, ExtGState: {} };
  private readonly parts: string[] = [];

  toString(): string {
    return this.parts.join('\n');
  }

  operator(text: string): void {
    this.parts.push(text);
  }

  save(): void {
    this.operator('q');
  }

  restore(): void {
    this.operator('Q');
  }

  /** Moves the origin, then turns by an angle in radians, clockwise as seen. */
  place(origin: Point, angle = 0): void {
    const cos = Math.cos(angle).toFixed(6);
    const sin = Math.sin(angle).toFixed(6);
    const minusSin = (-Math.sin(angle)).toFixed(6);
    this.operator(`${cos} ${sin} ${minusSin} ${cos} ${xy(origin)} cm`);
  }

  moveTo(point: Point): void {
    this.operator(`${xy(point)} m`);
  }

  lineTo(point: Point): void {
    this.operator(`${xy(point)} l`);
  }

  curveTo(control1: Point, control2: Point, end: Point): void {
    this.operator(`${xy(control1)} ${xy(control2)} ${xy(end)} c`);
  }

  closePath(): void {
    this.operator('h');
  }

  polygon(points: readonly Point[]): void {
    points.forEach((point, index) => (index === 0 ? this.moveTo(point) : this.lineTo(point)));
    this.closePath();
  }

  rectangle(corner: Point, width: number, height: number, radius = 0): void {
    if (radius <= 0) {
      this.operator(`${xy(corner)} ${n(width)} ${n(height)} re`);
      return;
    }
    const { x, y } = corner;
    const [r, b] = [x + width, y + height];
    const h = radius * (1 - QUARTER);
    this.moveTo({ x: x + radius, y });
    this.lineTo({ x: r - radius, y });
    this.curveTo({ x: r - h, y }, { x: r, y: y + h }, { x: r, y: y + radius });
    this.lineTo({ x: r, y: b - radius });
    this.curveTo({ x: r, y: b - h }, { x: r - h, y: b }, { x: r - radius, y: b });
    this.lineTo({ x: x + radius, y: b });
    this.curveTo({ x: x + h, y: b }, { x, y: b - h }, { x, y: b - radius });
    this.lineTo({ x, y: y + radius });
    this.curveTo({ x, y: y + h }, { x: x + h, y }, { x: x + radius, y });
    this.closePath();
  }

  ellipse(centre: Point, radiusX: number, radiusY = radiusX): void {
    const { x, y } = centre;
    const [kx, ky] = [radiusX * QUARTER, radiusY * QUARTER];
    const [l, r, t, b] = [x - radiusX, x + radiusX, y - radiusY, y + radiusY];
    this.moveTo({ x: r, y });
    this.curveTo({ x: r, y: y + ky }, { x: x + kx, y: b }, { x, y: b });
    this.curveTo({ x: x - kx, y: b }, { x: l, y: y + ky }, { x: l, y });
    this.curveTo({ x: l, y: y - ky }, { x: x - kx, y: t }, { x, y: t });
    this.curveTo({ x: x + kx, y: t }, { x: r, y: y - ky }, { x: r, y });
    this.closePath();
  }

  /** Clips to the path drawn last. */
  clip(): void {
    this.operator('W n');
  }

  fill(colour: string): void {
    this.operator(`${rgb(colour)} rg f`);
  }

  stroke(colour: string, width: number): void {
    this.operator(`${rgb(colour)} RG ${n(width)} w S`);
  }

  /** Opacity and blend mode of everything that follows within the saved state. */
  blend(opacity: number, mode: 'Normal' | 'Multiply' = 'Normal'): void {
    const name = this.named(this.resources.ExtGState, 'B', {
      Type: 'ExtGState',
      ca: opacity,
      CA: opacity,
      BM: mode,
    });
    this.operator(`/${name} gs`);
  }

  /** Paints the clipped region from one point to another. */
  shadeAlong(from: Point, to: Point, stops: readonly GradientStop[]): void {
    this.shade({ ShadingType: 2, Coords: [from.x, from.y, to.x, to.y] }, stops);
  }

  /** Paints the clipped region outwards from a centre. */
  shadeAround(centre: Point, radius: number, stops: readonly GradientStop[]): void {
    const { x, y } = centre;
    this.shade({ ShadingType: 3, Coords: [x, y, 0, x, y, radius] }, stops);
  }

  private shade(geometry: PdfDictionary, stops: readonly GradientStop[]): void {
    const name = this.named(this.resources.Shading, 'S', {
      ...geometry,
      ColorSpace: 'DeviceRGB',
      Extend: [true, true],
      Function: gradientFunction(stops),
    });
    this.operator(`/${name} sh`);
  }

  private named(kind: Record<string, PdfDictionary>, letter: string, value: PdfDictionary): string {
    const name = `${letter}${Object.keys(kind).length}`;
    kind[name] = value;
    return name;
  }
}

/** Linear pieces between the stops [ISO 32000-1 §7.10.4]. */
function gradientFunction(stops: readonly GradientStop[]): PdfDictionary {
  const pieces = stops.slice(1).map((stop, index) => ({
    FunctionType: 2,
    Domain: [0, 1],
    C0: components(stops[index]?.colour ?? stop.colour),
    C1: components(stop.colour),
    N: 1,
  }));
  return {
    FunctionType: 3,
    Domain: [0, 1],
    Functions: pieces,
    Bounds: stops.slice(1, -1).map((stop) => stop.at),
    Encode: pieces.flatMap(() => [0, 1]),
  };
}

function components(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
}

function rgb(colour: string): string {
  return components(colour).map(n).join(' ');
}

function xy(point: Point): string {
  return `${n(point.x)} ${n(point.y)}`;
}

/** A micrometre is finer than any printer; shorter numbers make smaller files. */
function n(value: number): string {
  const text = value.toFixed(3).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}
