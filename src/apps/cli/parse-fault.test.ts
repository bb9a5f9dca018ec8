import { parseFault } from './parse-fault';

test.each([
  ['tear-off@60', [{ kind: 'tear-off', atApdu: 60 }]],
  ['tear-off@60:2', [{ kind: 'tear-off', atApdu: 60, pages: 2 }]],
  ['mute@7', [{ kind: 'mute', atApdu: 7 }]],
  [
    'dead@9',
    [
      { kind: 'tear-off', atApdu: 9 },
      { kind: 'mute', atApdu: 10, forever: true },
    ],
  ],
  ['status@5:6F00', [{ kind: 'status', atApdu: 5, sw: 0x6f00 }]],
  ['slow@5:500', [{ kind: 'slow', atApdu: 5, delayMs: 500 }]],
  ['wrong-keys@1', [{ kind: 'wrong-keys', atApdu: 1 }]],
])('%s', (text, faults) => {
  expect(parseFault(text)).toEqual(faults);
});

test.each([
  ...['', 'explode@3', 'mute', 'mute@0', 'mute@x'],
  ...['status@5:zz', 'status@5:6F', 'status@5:6F0000', 'slow@5:5a', 'tear-off@5:ff', 'mute@5:5'],
])('"%s" is refused', (text) => {
  expect(() => parseFault(text)).toThrow('the command was used wrongly: --fault');
});
