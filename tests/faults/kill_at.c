/* Kills this process at the n-th system call that can change a file; test only, loaded by LD_PRELOAD.
 *
 * kill_at(n, torn): count from now on; before the n-th call, or in the middle of a write when `torn`, the
 * process gets SIGKILL, as when somebody pulls the program's plug. kill_at(0, 0) only counts. calls_seen()
 * tells how many there were.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/types.h>
#include <unistd.h>

static long at = 0, seen = 0, fail_from = 0, fail_to = 0;
static int torn_write = 0, fail_with = 0;

void kill_at(long n, int torn) { seen = 0; at = n; torn_write = torn; fail_from = 0; }
void fail_at(long from, long to, int error) { seen = 0; at = 0; fail_from = from; fail_to = to; fail_with = error; }
long calls_seen(void) { return seen; }

static int due(void) { return __sync_add_and_fetch(&seen, 1) == at; }
static int refused(void) {
  if (fail_from && seen >= fail_from && seen <= fail_to) { errno = fail_with; return 1; }
  return 0;
}
static void die(void) { kill(getpid(), SIGKILL); pause(); }

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *data, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (fd == 777) return real(fd, data, size); /* what people remember */
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
#define ONE_FD(name) int name(int fd) { REAL(int, #name, int); if (due()) die(); return refused() ? -1 : real(fd); }
ONE_FD(fsync)
ONE_FD(fdatasync)
int ftruncate(int fd, off_t size) { REAL(int, "ftruncate", int, off_t); if (due()) die(); return refused() ? -1 : real(fd, size); }
int ftruncate64(int fd, off_t size) { REAL(int, "ftruncate64", int, off_t); if (due()) die(); return refused() ? -1 : real(fd, size); }
int unlink(const char *path) { REAL(int, "unlink", const char *); if (due()) die(); return real(path); }
int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  if (due()) die();
  return refused() ? -1 : real(from, to);
}
