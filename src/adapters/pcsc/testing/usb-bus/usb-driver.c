/*
 * The vpcd driver as that of a USB reader: pcscd names the device `usb:…/PORT` where vpcd expects
 * `/dev/null:PORT`. Everything else is vpcd's own; VPCD_LIBRARY is a copy for this driver alone.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

typedef unsigned long dword;
struct pci {
  dword protocol, length;
};

static void *vpcd(const char *name) {
  static void *library;
  if (library == NULL) library = dlopen(VPCD_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  return library == NULL ? NULL : dlsym(library, name);
}

long IFDHCreateChannelByName(dword lun, char *device) {
  long (*real)(dword, char *) = vpcd("IFDHCreateChannelByName");
  const char *port = strrchr(device, '/');
  char address[32];
  snprintf(address, sizeof address, "/dev/null:%s", port == NULL ? device : port + 1);
  return real(lun, address);
}

#define FORWARD(name, declared, given)  \
  long name declared {                  \
    long(*real) declared = vpcd(#name); \
    return real given;                  \
  }

FORWARD(IFDHCreateChannel, (dword lun, dword channel), (lun, channel))
FORWARD(IFDHCloseChannel, (dword lun), (lun))
FORWARD(IFDHGetCapabilities, (dword lun, dword tag, dword *length, void *value),
        (lun, tag, length, value))
FORWARD(IFDHSetCapabilities, (dword lun, dword tag, dword length, void *value),
        (lun, tag, length, value))
FORWARD(IFDHSetProtocolParameters,
        (dword lun, dword protocol, unsigned char flags, unsigned char pts1, unsigned char pts2,
         unsigned char pts3),
        (lun, protocol, flags, pts1, pts2, pts3))
FORWARD(IFDHPowerICC, (dword lun, dword action, void *atr, dword *length),
        (lun, action, atr, length))
FORWARD(IFDHTransmitToICC,
        (dword lun, struct pci send, void *command, dword commandLength, void *response,
         dword *responseLength, void *receive),
        (lun, send, command, commandLength, response, responseLength, receive))
FORWARD(IFDHControl,
        (dword lun, dword code, void *input, dword inputLength, void *output, dword outputLength,
         dword *returned),
        (lun, code, input, inputLength, output, outputLength, returned))
FORWARD(IFDHICCPresence, (dword lun), (lun))
