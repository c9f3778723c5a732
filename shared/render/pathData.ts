/** One step of a path with absolute numbers: what every drawing engine knows. */
export type Step =
  | { readonly kind: "move" | "line"; readonly to: Place }
  | { readonly kind: "curve"; readonly first: Place; readonly second: Place; readonly to: Place }
  | { readonly kind: "close" };
export type Place = readonly [number, number];

const numbersPerStep: Readonly<Record<string, number>> = {
  m: 2,
  l: 2,
  h: 1,
  v: 1,
  c: 6,
  s: 4,
  q: 4,
  t: 2,
  a: 7,
  z: 0,
};

/** Reads SVG path data of our own making; arcs and quadratic curves become cubic ones. Throws on what is no path data. */
export function stepsOf(d: string): readonly Step[] {
  const steps: Step[] = [];
  let at: Place = [0, 0];
  let start: Place = [0, 0];
  /** The control point before, for curves that go on smoothly, and of which kind it was. */
  let control: { readonly kind: "c" | "q" | "none"; readonly at: Place } = { kind: "none", at };

  const curve = (first: Place, second: Place, to: Place) => {
    steps.push({ kind: "curve", first, second, to });
    at = to;
  };
  const bend = (through: Place, to: Place) => {
    const [x, y] = at;
    curve(
      [x + (2 / 3) * (through[0] - x), y + (2 / 3) * (through[1] - y)],
      [to[0] + (2 / 3) * (through[0] - to[0]), to[1] + (2 / 3) * (through[1] - to[1])],
      to,
    );
    control = { kind: "q", at: through };
  };
  const mirrored = (kind: "c" | "q"): Place =>
    control.kind === kind ? [2 * at[0] - control.at[0], 2 * at[1] - control.at[1]] : at;

  for (const { letter, numbers } of commandsOf(d)) {
    const command = letter.toLowerCase();
    const isRelative = letter === command;
    const [ox, oy]: Place = isRelative ? at : [0, 0];
    const place = (index: number): Place => [(numbers[index] ?? 0) + ox, (numbers[index + 1] ?? 0) + oy];
    const before = control;
    control = { kind: "none", at };
    switch (command) {
      case "m":
        at = place(0);
        start = at;
        steps.push({ kind: "move", to: at });
        break;
      case "l":
        at = place(0);
        steps.push({ kind: "line", to: at });
        break;
      case "h":
        at = [(numbers[0] ?? 0) + ox, at[1]];
        steps.push({ kind: "line", to: at });
        break;
      case "v":
        at = [at[0], (numbers[0] ?? 0) + oy];
        steps.push({ kind: "line", to: at });
        break;
      case "c": {
        const second = place(2);
        curve(place(0), second, place(4));
        control = { kind: "c", at: second };
        break;
      }
      case "s": {
        control = before;
        const first = mirrored("c");
        const second = place(0);
        curve(first, second, place(2));
        control = { kind: "c", at: second };
        break;
      }
      case "q":
        bend(place(0), place(2));
        break;
      case "t": {
        control = before;
        bend(mirrored("q"), place(0));
        break;
      }
      case "a": {
        const [rx = 0, ry = 0, turn = 0, large = 0, sweep = 0] = numbers;
        const arc = { rx, ry, turn, isLarge: large === 1, isClockwise: sweep === 1 };
        for (const [first, second, to] of arcCurves(at, place(5), arc)) curve(first, second, to);
        break;
      }
      default:
        at = start;
        steps.push({ kind: "close" });
    }
  }
  return steps;
}

type Command = { readonly letter: string; readonly numbers: readonly number[] };

function commandsOf(d: string): readonly Command[] {
  const commands: Command[] = [];
  for (const [, letter = "", rest = ""] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const count = numbersPerStep[letter.toLowerCase()];
    if (count === undefined) throw new Error(`no path command ${letter}`);
    const numbers = [...numbersIn(rest, letter.toLowerCase() === "a")];
    if (count === 0) {
      commands.push({ letter, numbers: [] });
      continue;
    }
    if (numbers.length === 0 || numbers.length % count !== 0)
      throw new Error(`numbers missing after ${letter}`);
    for (let index = 0; index < numbers.length; index += count) {
      // More places after a move are lines.
      const follows = index > 0 && letter.toLowerCase() === "m" ? (letter === "m" ? "l" : "L") : letter;
      commands.push({ letter: follows, numbers: numbers.slice(index, index + count) });
    }
  }
  return commands;
}

/** The two flags of an arc may stand together without a space. */
function* numbersIn(text: string, isArc: boolean): Generator<number> {
  const number = /\s*,?\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/iy;
  const flag = /\s*,?\s*([01])/y;
  let count = 0;
  let at = 0;
  while (text.slice(at).trim() !== "") {
    const pattern = isArc && (count % 7 === 3 || count % 7 === 4) ? flag : number;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) throw new Error(`no number in path data: ${text.slice(at, at + 20)}`);
    yield Number(found[1]);
    at = pattern.lastIndex;
    count += 1;
  }
}

type Arc = {
  readonly rx: number;
  readonly ry: number;
  /** Degrees. */
  readonly turn: number;
  readonly isLarge: boolean;
  readonly isClockwise: boolean;
};

/** By the conversion of SVG 1.1, appendix F.6: pieces of at most a quarter. */
function arcCurves(from: Place, to: Place, arc: Arc): readonly (readonly [Place, Place, Place])[] {
  const radii = [Math.abs(arc.rx), Math.abs(arc.ry)];
  let [rx = 0, ry = 0] = radii;
  if (from[0] === to[0] && from[1] === to[1]) return [];
  if (rx === 0 || ry === 0) return [[from, to, to]];
  const angle = (arc.turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [dx, dy] = [(from[0] - to[0]) / 2, (from[1] - to[1]) / 2];
  const [x1, y1] = [cos * dx + sin * dy, -sin * dx + cos * dy];
  const tooSmall = (x1 / rx) ** 2 + (y1 / ry) ** 2;
  if (tooSmall > 1) {
    rx *= Math.sqrt(tooSmall);
    ry *= Math.sqrt(tooSmall);
  }
  const spread = Math.max(0, (rx * ry) ** 2 / ((rx * y1) ** 2 + (ry * x1) ** 2) - 1);
  const factor = (arc.isLarge === arc.isClockwise ? -1 : 1) * Math.sqrt(spread);
  const [cx1, cy1] = [(factor * rx * y1) / ry, (-factor * ry * x1) / rx];
  const centre: Place = [
    cos * cx1 - sin * cy1 + (from[0] + to[0]) / 2,
    sin * cx1 + cos * cy1 + (from[1] + to[1]) / 2,
  ];
  const first = Math.atan2((y1 - cy1) / ry, (x1 - cx1) / rx);
  let swept = Math.atan2((-y1 - cy1) / ry, (-x1 - cx1) / rx) - first;
  if (arc.isClockwise && swept < 0) swept += 2 * Math.PI;
  if (!arc.isClockwise && swept > 0) swept -= 2 * Math.PI;

  const count = Math.max(1, Math.ceil(Math.abs(swept) / (Math.PI / 2) - 1e-9));
  const step = swept / count;
  const reach = (4 / 3) * Math.tan(step / 4);
  const point = (x: number, y: number): Place => [
    centre[0] + cos * rx * x - sin * ry * y,
    centre[1] + sin * rx * x + cos * ry * y,
  ];
  return Array.from({ length: count }, (_, index) => {
    const [a, b] = [first + index * step, first + (index + 1) * step];
    const [ca, sa, cb, sb] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
    return [
      point(ca - reach * sa, sa + reach * ca),
      point(cb + reach * sb, sb - reach * cb),
      index === count - 1 ? to : point(cb, sb),
    ] as const;
  });
}
