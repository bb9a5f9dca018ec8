/*
 * Stands in for libudev in a pcscd under test (LD_PRELOAD), so that USB readers can be plugged and
 * unplugged on a machine without USB: every file in the folder USB_BUS is a reader that is plugged,
 * its name the port of its virtual card. What pcscd does about it is its own hotplug code.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

/* A name of 1 to 15 characters is padded to 16: a read of so many bytes takes one event. */
enum { EVENT_BYTES = sizeof(struct inotify_event) + 16 };

struct udev_device {
  char devnode[32];
  char sysname[32];
  const char *action;
};
struct udev_list_entry {
  char name[16];
  struct udev_list_entry *next;
};
struct udev_enumerate {
  struct udev_list_entry *first;
};

/* The handles that pcscd only hands back. */
static char handle;
static int events = -1;

static struct udev_device *make_device(const char *name, const char *action) {
  struct udev_device *device = calloc(1, sizeof *device);
  snprintf(device->devnode, sizeof device->devnode, "/dev/bus/usb/%s", name);
  snprintf(device->sysname, sizeof device->sysname, "1-%s:1.0", name);
  device->action = action;
  return device;
}

void *udev_new(void) {
  return &handle;
}

void *udev_unref(void *udev) {
  (void)udev;
  return NULL;
}

struct udev_enumerate *udev_enumerate_new(void *udev) {
  (void)udev;
  return calloc(1, sizeof(struct udev_enumerate));
}

int udev_enumerate_add_match_subsystem(struct udev_enumerate *all, const char *subsystem) {
  (void)all;
  (void)subsystem;
  return 0;
}

int udev_enumerate_scan_devices(struct udev_enumerate *all) {
  DIR *bus = opendir(getenv("USB_BUS"));
  if (bus == NULL) return -1;
  for (struct dirent *file; (file = readdir(bus)) != NULL;) {
    if (file->d_name[0] == '.') continue;
    struct udev_list_entry *entry = calloc(1, sizeof *entry);
    snprintf(entry->name, sizeof entry->name, "%.15s", file->d_name);
    entry->next = all->first;
    all->first = entry;
  }
  closedir(bus);
  return 0;
}

struct udev_list_entry *udev_enumerate_get_list_entry(struct udev_enumerate *all) {
  return all->first;
}

struct udev_enumerate *udev_enumerate_unref(struct udev_enumerate *all) {
  while (all->first != NULL) {
    struct udev_list_entry *entry = all->first;
    all->first = entry->next;
    free(entry);
  }
  free(all);
  return NULL;
}

struct udev_list_entry *udev_list_entry_get_next(struct udev_list_entry *entry) {
  return entry->next;
}

const char *udev_list_entry_get_name(struct udev_list_entry *entry) {
  return entry->name;
}

struct udev_device *udev_device_new_from_syspath(void *udev, const char *path) {
  (void)udev;
  return make_device(path, NULL);
}

struct udev_device *udev_device_get_parent_with_subsystem_devtype(struct udev_device *device,
                                                                  const char *subsystem,
                                                                  const char *type) {
  (void)subsystem;
  (void)type;
  return device;
}

const char *udev_device_get_devnode(struct udev_device *device) {
  return device->devnode;
}

const char *udev_device_get_sysname(struct udev_device *device) {
  return device->sysname;
}

const char *udev_device_get_action(struct udev_device *device) {
  return device->action;
}

const char *udev_device_get_sysattr_value(struct udev_device *device, const char *name) {
  (void)device;
  if (strcmp(name, "idVendor") == 0) return "1209";
  if (strcmp(name, "idProduct") == 0) return "0001";
  return NULL;
}

struct udev_device *udev_device_unref(struct udev_device *device) {
  free(device);
  return NULL;
}

void *udev_monitor_new_from_netlink(void *udev, const char *name) {
  (void)udev;
  (void)name;
  events = inotify_init1(IN_CLOEXEC);
  return events < 0 ? NULL : &handle;
}

int udev_monitor_filter_add_match_subsystem_devtype(void *monitor, const char *subsystem,
                                                    const char *type) {
  (void)monitor;
  (void)subsystem;
  (void)type;
  return 0;
}

int udev_monitor_enable_receiving(void *monitor) {
  (void)monitor;
  return inotify_add_watch(events, getenv("USB_BUS"), IN_CREATE | IN_DELETE) < 0;
}

int udev_monitor_get_fd(void *monitor) {
  (void)monitor;
  return events;
}

struct udev_device *udev_monitor_receive_device(void *monitor) {
  union {
    struct inotify_event event;
    char bytes[EVENT_BYTES];
  } next;
  (void)monitor;
  if (read(events, next.bytes, sizeof next.bytes) != EVENT_BYTES) return NULL;
  return make_device(next.event.name, next.event.mask & IN_CREATE ? "add" : "remove");
}
