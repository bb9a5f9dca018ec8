import { centreOf, colourAt, type DrawPattern } from './pattern';

/** The symbol of an electronic document: two bars and a disc between them [9303-9 §2.3]. */
export const drawChipSymbol: DrawPattern = (stream, box, colours) => {
  const colour = colourAt(colours, 0);
  const { xMm: x, yMm: y, widthMm: width, heightMm: height } = box;
  const line = height * 0.1;
  const centre = centreOf(box);
  const disc = height * 0.21;
  const gap = height * 0.07;

  stream.rectangle(
    { x: x + line / 2, y: y + line / 2 },
    width - line,
    height - line,
    height * 0.06,
  );
  stream.stroke(colour, line);
  // The bar is broken by the disc and its margin, above and below.
  for (const part of ['upper', 'lower'] as const) {
    stream.save();
    const top = part === 'upper' ? y : centre.y;
    stream.rectangle({ x, y: top }, width, height / 2);
    stream.clip();
    stream.moveTo({ x, y: centre.y });
    stream.lineTo({ x: centre.x - disc - gap, y: centre.y });
    stream.moveTo({ x: centre.x + disc + gap, y: centre.y });
    stream.lineTo({ x: x + width, y: centre.y });
    stream.stroke(colour, line);
    stream.restore();
  }
  stream.ellipse(centre, disc);
  stream.stroke(colour, line * 0.9);
};

/** The contact plate as it lies in the card: eight fields around a middle one [ISO 7816-2]. */
export const drawChipContacts: DrawPattern = (stream, box, colours) => {
  const metal = colourAt(colours, 0);
  const shade = colourAt(colours, 1);
  const edge = colourAt(colours, 2);
  const { xMm: x, yMm: y, widthMm: width, heightMm: height } = box;
  const radius = height * 0.14;

  stream.save();
  stream.rectangle({ x, y }, width, height, radius);
  stream.clip();
  stream.shadeAlong({ x, y }, { x: x + width, y: y + height }, [
    { at: 0, colour: shade },
    { at: 0.35, colour: metal },
    { at: 0.6, colour: shade },
    { at: 1, colour: metal },
  ]);
  const [left, right] = [x + width * 0.34, x + width * 0.66];
  const [upper, middle, lower] = [y + height * 0.27, y + height * 0.5, y + height * 0.73];
  for (const row of [upper, middle, lower]) {
    stream.moveTo({ x, y: row });
    stream.lineTo({ x: left, y: row });
    stream.moveTo({ x: right, y: row });
    stream.lineTo({ x: x + width, y: row });
  }
  stream.moveTo({ x: x + width / 2, y });
  stream.lineTo({ x: x + width / 2, y: y + height * 0.16 });
  stream.moveTo({ x: x + width / 2, y: y + height });
  stream.lineTo({ x: x + width / 2, y: y + height * 0.84 });
  stream.stroke(edge, 0.14);
  stream.rectangle({ x: left, y: y + height * 0.16 }, right - left, height * 0.68, height * 0.12);
  stream.stroke(edge, 0.14);
  stream.restore();
  stream.rectangle({ x, y }, width, height, radius);
  stream.stroke(edge, 0.16);
};
