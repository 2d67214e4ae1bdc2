/* Kills this process at the n-th system call that can change a file; test only, loaded by LD_PRELOAD.
 *
 * kill_at(n, torn): count from now on; before the n-th call, or in the middle of a write when `torn`, the
 * process gets SIGKILL, as when somebody pulls the program's plug. kill_at(0, 0) only counts.
 * fail_at(from, to, error): calls from .. to are refused with that error instead.
 * fail_reads(from, to): reads of files from .. to are refused with EIO; they are counted apart.
 * calls_seen(), reads_seen() tell how many there were.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static long at = 0, seen = 0, fail_from = 0, fail_to = 0, reads = 0, blind_from = 0, blind_to = 0;
static int torn_write = 0, fail_with = 0;

static void fresh(void) { seen = reads = at = fail_from = fail_to = blind_from = blind_to = 0; }
void kill_at(long n, int torn) { fresh(); at = n; torn_write = torn; }
void fail_at(long from, long to, int error) { fresh(); fail_from = from; fail_to = to; fail_with = error; }
void fail_reads(long from, long to) { fresh(); blind_from = from; blind_to = to; }
long calls_seen(void) { return seen; }
long reads_seen(void) { return reads; }

static int due(void) { return __sync_add_and_fetch(&seen, 1) == at; }
static int refused(void) {
  if (fail_from && seen >= fail_from && seen <= fail_to) { errno = fail_with; return 1; }
  return 0;
}
static int blind(void) {
  long here = __sync_add_and_fetch(&reads, 1);
  if (blind_from && here >= blind_from && here <= blind_to) { errno = EIO; return 1; }
  return 0;
}
static void die(void) { kill(getpid(), SIGKILL); pause(); }
static int is_file(int fd) {
  struct stat what;
  return !fstat(fd, &what) && S_ISREG(what.st_mode);
}

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *data, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (fd == 777 || !is_file(fd)) return real(fd, data, size); /* what people remember; lines, not files */
  if (due()) { if (torn_write) real(fd, data, size / 2); die(); }
  return refused() ? -1 : real(fd, data, size);
}
static ssize_t placed(ssize_t (*real)(int, const void *, size_t, off_t), int fd, const void *data, size_t size, off_t where) {
  if (due()) { if (torn_write) real(fd, data, size / 2, where); die(); }
  return refused() ? -1 : real(fd, data, size, where);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t where) {
  REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
  return placed(real, fd, data, size, where);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off_t where) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
  return placed(real, fd, data, size, where);
}
ssize_t pread(int fd, void *data, size_t size, off_t where) {
  REAL(ssize_t, "pread", int, void *, size_t, off_t);
  return blind() ? -1 : real(fd, data, size, where);
}
ssize_t pread64(int fd, void *data, size_t size, off_t where) {
  REAL(ssize_t, "pread64", int, void *, size_t, off_t);
  return blind() ? -1 : real(fd, data, size, where);
}
ssize_t sendfile(int out, int in, off_t *from, size_t size) {
  REAL(ssize_t, "sendfile", int, int, off_t *, size_t);
  if (!is_file(out)) return real(out, in, from, size);
  if (due()) { if (torn_write) real(out, in, from, size / 2); die(); }
  return refused() ? -1 : real(out, in, from, size);
}
#define ONE_FD(name) int name(int fd) { REAL(int, #name, int); if (due()) die(); return refused() ? -1 : real(fd); }
ONE_FD(fsync)
ONE_FD(fdatasync)
int ftruncate(int fd, off_t size) { REAL(int, "ftruncate", int, off_t); if (due()) die(); return refused() ? -1 : real(fd, size); }
int ftruncate64(int fd, off_t size) { REAL(int, "ftruncate64", int, off_t); if (due()) die(); return refused() ? -1 : real(fd, size); }
int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  if (due()) die();
  return refused() && fail_with != ENOSPC ? -1 : real(path); /* a full disk lets files go */
}
#define TWO_PATHS(name) int name(const char *from, const char *to) { \
  REAL(int, #name, const char *, const char *); if (due()) die(); return refused() ? -1 : real(from, to); }
TWO_PATHS(rename)
TWO_PATHS(link)
int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  if (due()) die();
  return refused() ? -1 : real(path, mode);
}
/* Opening counts when it may make the file. */
#define OPENS(name) int name(const char *path, int flags, ...) { \
  REAL(int, #name, const char *, int, ...); mode_t mode = 0; \
  if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); } \
  if ((flags & O_CREAT) && access(path, F_OK)) { if (due()) die(); if (refused()) return -1; } \
  return real(path, flags, mode); }
OPENS(open)
OPENS(open64)
