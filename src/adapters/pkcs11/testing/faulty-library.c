/*
 * A PKCS #11 library that stands before another one and makes it misbehave, for tests. Files beside
 * it say how:
 *   trouble     lines "C_Sign before 32": the function answers with this return value (hexadecimal),
 *               before it was done or after
 *   hold        while it is there, C_Sign does not come to its end
 *   signatures  grows by a byte with each signature that the token made
 *   logins      grows by a byte with each PIN that was handed to the token
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long ULONG;

/* CK_FUNCTION_LIST: a version, then the functions in the order of the standard [PKCS11 §3.6]. */
struct functions {
  unsigned char version[2];
  void *entry[68];
};
enum { GET_SLOT_LIST = 4, OPEN_SESSION = 12, LOGIN = 18, SIGN_INIT = 42, SIGN = 43 };

static struct functions faulty;
static struct functions *real;

static const char *beside(const char *name) {
  static __thread char path[4096];
  Dl_info info;
  char file[2048];
  dladdr((void *)beside, &info);
  snprintf(file, sizeof file, "%s", info.dli_fname);
  snprintf(path, sizeof path, "%s/%s", dirname(file), name);
  return path;
}

static void count(const char *name) {
  FILE *file = fopen(beside(name), "a");
  if (file == NULL) return;
  fputc('.', file);
  fclose(file);
}

/* Whether this function is in trouble now, and with what return value. */
static int in_trouble(const char *function, const char *when, ULONG *value) {
  char name[64], moment[16];
  int found = 0;
  FILE *file = fopen(beside("trouble"), "r");
  if (file == NULL) return 0;
  while (!found && fscanf(file, "%63s %15s %lx", name, moment, value) == 3)
    found = strcmp(name, function) == 0 && strcmp(moment, when) == 0;
  fclose(file);
  return found;
}

static ULONG get_slot_list(unsigned char present, ULONG *slots, ULONG *found) {
  ULONG value;
  if (in_trouble("C_GetSlotList", "before", &value)) return value;
  return ((ULONG(*)(unsigned char, ULONG *, ULONG *))real->entry[GET_SLOT_LIST])(present, slots, found);
}

static ULONG open_session(ULONG slot, ULONG flags, void *application, void *notify, ULONG *session) {
  ULONG value;
  if (in_trouble("C_OpenSession", "before", &value)) return value;
  return ((ULONG(*)(ULONG, ULONG, void *, void *, ULONG *))real->entry[OPEN_SESSION])(
      slot, flags, application, notify, session);
}

static ULONG login(ULONG session, ULONG user, unsigned char *pin, ULONG length) {
  ULONG value;
  count("logins");
  if (in_trouble("C_Login", "before", &value)) return value;
  return ((ULONG(*)(ULONG, ULONG, unsigned char *, ULONG))real->entry[LOGIN])(session, user, pin, length);
}

static ULONG sign_init(ULONG session, void *mechanism, ULONG key) {
  ULONG value;
  if (in_trouble("C_SignInit", "before", &value)) return value;
  return ((ULONG(*)(ULONG, void *, ULONG))real->entry[SIGN_INIT])(session, mechanism, key);
}

static ULONG sign(ULONG session, unsigned char *data, ULONG length, unsigned char *out, ULONG *size) {
  ULONG value, made;
  if (in_trouble("C_Sign", "before", &value)) return value;
  while (access(beside("hold"), F_OK) == 0) usleep(2000);
  made = ((ULONG(*)(ULONG, unsigned char *, ULONG, unsigned char *, ULONG *))real->entry[SIGN])(
      session, data, length, out, size);
  if (made == 0 && out != NULL) count("signatures");
  return in_trouble("C_Sign", "after", &value) ? value : made;
}

ULONG C_GetFunctionList(struct functions **list) {
  if (real == NULL) {
    void *library = dlopen(REAL_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    ULONG (*get)(struct functions **) =
        library == NULL ? NULL : (ULONG(*)(struct functions **))dlsym(library, "C_GetFunctionList");
    if (get == NULL || get(&real) != 0) return 5; /* CKR_GENERAL_ERROR */
    faulty = *real;
    faulty.entry[GET_SLOT_LIST] = (void *)get_slot_list;
    faulty.entry[OPEN_SESSION] = (void *)open_session;
    faulty.entry[LOGIN] = (void *)login;
    faulty.entry[SIGN_INIT] = (void *)sign_init;
    faulty.entry[SIGN] = (void *)sign;
  }
  *list = &faulty;
  return 0;
}
