import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { VPCD_DRIVER, type UsbDrivers } from '../../sandbox/pcscd-sandbox';

const run = promisify(execFile);
const NAME = 'USB reader';
const BUNDLE = 'virtual-usb.bundle/Contents';
const INFO = `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
<key>CFBundleExecutable</key><string>libusb-vpcd.so</string>
<key>ifdCapabilities</key><string>0x00000000</string>
<key>ifdVendorID</key><array><string>0x1209</string></array>
<key>ifdProductID</key><array><string>0x0001</string></array>
<key>ifdFriendlyName</key><array><string>${NAME}</string></array>
</dict>
</plist>
`;

/** A bus at which one virtual USB reader with two slots can be plugged and unplugged. */
export interface UsbBus {
  readonly drivers: UsbDrivers;
  /** Names of the slots as pcscd lists them. */
  readonly slots: readonly [string, string];
  /** @param port where the card of the first slot connects to; the second has the next one */
  plug(port: number): Promise<void>;
  unplug(port: number): Promise<void>;
  remove(): Promise<void>;
}

/** Compiles the driver and the bus with the machine's C compiler. */
export async function makeUsbBus(): Promise<UsbBus> {
  const folder = await mkdtemp(join(tmpdir(), 'persoline-usb-'));
  const [bus, bundles] = [join(folder, 'bus'), join(folder, 'drivers')];
  await mkdir(bus);
  await mkdir(join(bundles, BUNDLE, 'Linux'), { recursive: true });
  await writeFile(join(bundles, BUNDLE, 'Info.plist'), INFO);
  const vpcd = join(folder, 'vpcd.so');
  await copyFile(VPCD_DRIVER, vpcd);
  const udev = join(folder, 'udev.so');
  await compile('fake-udev.c', udev);
  await compile('usb-driver.c', join(bundles, BUNDLE, 'Linux/libusb-vpcd.so'), [
    `-DVPCD_LIBRARY="${vpcd}"`,
  ]);
  return {
    drivers: { folder: bundles, env: { USB_BUS: bus, LD_PRELOAD: udev } },
    slots: [`${NAME} 00 00`, `${NAME} 00 01`],
    plug: (port) => writeFile(join(bus, String(port)), ''),
    unplug: (port) => rm(join(bus, String(port))),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function compile(
  source: string,
  library: string,
  more: readonly string[] = [],
): Promise<void> {
  const flags = ['-shared', '-fPIC', '-Wall', '-Wextra', '-Werror', ...more];
  await run('cc', [...flags, '-o', library, join(__dirname, source), '-ldl']);
}
