// A library for LD_PRELOAD that fails one operation on files below a folder, so that a test sees what a program does when
// the disk is full, broken or closed to it. It counts operations, over all processes of the program, and fails the Nth.
//
//   FAULTS_UNDER=DIR       absolute; what lies elsewhere is neither counted nor failed
//   FAULTS_STATE=FILE      of 4,096 bytes, shared by the processes: the operations so far (8 bytes, native order), those
//                          that failed (8 bytes), and what the first failed one was, as text
//   FAULTS_AT=N            from 1; 0 fails none, and adds a line "KIND,KIND,... OPERATION PATH" for each to the file
//                          FAULTS_LOG: the kinds of faults that it can meet, by which N counts
//   FAULTS_KIND=KIND       ENOSPC  from the Nth on, all that takes space: the disk stays full
//                          short   the Nth write is done by half, and then the disk is full
//                          EIO     the Nth operation alone
//                          EACCES  the Nth of those that a permission can forbid, and the same on that path from then on
//                          KILL    SIGKILL just before the Nth operation
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum Kind { NO_SPACE, SHORT, BROKEN, FORBIDDEN, KILLED, KINDS };
static const char* const kNames[KINDS] = {"ENOSPC", "short", "EIO", "EACCES", "KILL"};

/// What an operation does to the disk; decides which kinds of faults it can meet.
enum Effect { READS = 1, TAKES_SPACE = 2, NAMES = 4 };

struct State {
  atomic_long operations;
  atomic_long failed;
  char first[4080];
};

static const char* under;
static size_t under_length;
static enum Kind kind;
static long at;
static struct State* state;
static const char* log_file;

__attribute__((constructor)) static void begin(void) {
  const char* file = getenv("FAULTS_STATE");
  const char* folder = getenv("FAULTS_UNDER");
  const char* name = getenv("FAULTS_KIND");
  const char* number = getenv("FAULTS_AT");
  if (file == NULL || folder == NULL) return;
  const long fd = syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC, 0);
  if (fd < 0) return;
  // By system calls: this library's own functions stand in the way.
  const long map = syscall(SYS_mmap, NULL, sizeof(struct State), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  syscall(SYS_close, fd);
  if (map < 0 && map > -4096) return;
  at = number == NULL ? 0 : atol(number);
  log_file = getenv("FAULTS_LOG");
  for (int each = 0; each < KINDS; ++each) {
    if (name != NULL && strcmp(name, kNames[each]) == 0) kind = each;
  }
  under = folder;
  under_length = strlen(folder);
  state = (struct State*)map;
}

static int is_under(const char* path) {
  return strncmp(path, under, under_length) == 0 && (path[under_length] == '/' || path[under_length] == 0);
}

/// The path as an absolute one; what is relative to an open folder too.
static int path_at(int folder, const char* path, char* out, size_t size) {
  char base[PATH_MAX];
  if (path[0] == '/') return snprintf(out, size, "%s", path) > 0;
  if (folder == AT_FDCWD) {
    if (syscall(SYS_getcwd, base, sizeof base) < 0) return 0;
  } else {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    const long length = syscall(SYS_readlink, link, base, sizeof base - 1);
    if (length < 0) return 0;
    base[length] = 0;
  }
  while (path[0] == '.' && path[1] == '/') path += 2;
  return snprintf(out, size, "%s/%s", base, path) > 0;
}

static int path_of(int fd, char* out, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const long length = syscall(SYS_readlink, link, out, size - 1);
  if (length < 0) return 0;
  out[length] = 0;
  return 1;
}

static int can_meet(enum Kind each, int effect) {
  switch (each) {
    case NO_SPACE:
    case SHORT: return (effect & TAKES_SPACE) != 0;
    case FORBIDDEN: return (effect & NAMES) != 0;
    case BROKEN: return 1;
    case KILLED: return (effect & (TAKES_SPACE | NAMES)) != 0 && (effect & READS) == 0;
    case KINDS: break;
  }
  return 0;
}

static void log_operation(const char* what, const char* path, int effect) {
  char line[PATH_MAX + 128], kinds[64] = "";
  for (int each = 0; each < KINDS; ++each) {
    if (!can_meet(each, effect)) continue;
    strcat(kinds, kinds[0] == 0 ? "" : ",");
    strcat(kinds, kNames[each]);
  }
  const int length = snprintf(line, sizeof line, "%s %s %s\n", kinds, what, path);
  const long fd = syscall(SYS_openat, AT_FDCWD, log_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0 || length <= 0) return;
  syscall(SYS_write, fd, line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
  syscall(SYS_close, fd);
}

/// 0, or the errno with which the operation has to fail; -1: a write that has to be done by half.
static int fault(const char* what, const char* path, int effect) {
  if (state == NULL || !is_under(path)) return 0;
  if (at == 0) {
    if (log_file != NULL) log_operation(what, path, effect);
    return 0;
  }
  if (!can_meet(kind, effect)) return 0;
  const long n = atomic_fetch_add(&state->operations, 1) + 1;
  if (n < at) return 0;
  const int writes = strncmp(what, "write", 5) == 0;
  if (n == at) {
    snprintf(state->first, sizeof state->first, "%s %s", what, path);
    if (kind == KILLED) {
      syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    }
    atomic_fetch_add(&state->failed, 1);
    if (kind == SHORT && writes) return -1;
    return kind == BROKEN ? EIO : kind == FORBIDDEN ? EACCES : ENOSPC;
  }
  if (kind == NO_SPACE || kind == SHORT) {
    atomic_fetch_add(&state->failed, 1);
    return ENOSPC;
  }
  const char* forbidden = strchr(state->first, ' ');
  return kind == FORBIDDEN && forbidden != NULL && strcmp(forbidden + 1, path) == 0 ? EACCES : 0;
}

static int fault_at(const char* what, int folder, const char* path, int effect) {
  char whole[2 * PATH_MAX];
  return state != NULL && path != NULL && path_at(folder, path, whole, sizeof whole) ? fault(what, whole, effect) : 0;
}

static int fault_of(const char* what, int fd, int effect) {
  char path[PATH_MAX];
  return state != NULL && path_of(fd, path, sizeof path) ? fault(what, path, effect) : 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL(code, result) \
  do {                     \
    errno = (code);        \
    return (result);       \
  } while (0)

static int effect_of(int flags) {
  const int writes = (flags & O_ACCMODE) != O_RDONLY;
  return NAMES | (writes ? (flags & O_CREAT ? TAKES_SPACE : 0) : READS);
}

#define OPEN(name, folder, parameters, arguments)                                 \
  int name parameters {                                                           \
    mode_t mode = 0;                                                              \
    if (flags & (O_CREAT | __O_TMPFILE)) {                                        \
      va_list more;                                                               \
      va_start(more, flags);                                                      \
      mode = va_arg(more, mode_t);                                                \
      va_end(more);                                                               \
    }                                                                             \
    const int code = fault_at("open", folder, path, effect_of(flags));            \
    if (code > 0) FAIL(code, -1);                                                 \
    return REAL(name) arguments;                                                  \
  }
OPEN(open, AT_FDCWD, (const char* path, int flags, ...), (path, flags, mode))
OPEN(open64, AT_FDCWD, (const char* path, int flags, ...), (path, flags, mode))
OPEN(openat, folder, (int folder, const char* path, int flags, ...), (folder, path, flags, mode))
OPEN(openat64, folder, (int folder, const char* path, int flags, ...), (folder, path, flags, mode))

#define FOPEN(name)                                                                                        \
  FILE* name(const char* restrict path, const char* restrict mode) {                                       \
    const int reads = mode[0] == 'r' && strchr(mode, '+') == NULL;                                         \
    const int code = fault_at("open", AT_FDCWD, path, NAMES | (reads ? READS : TAKES_SPACE));              \
    if (code > 0) FAIL(code, NULL);                                                                        \
    return REAL(name)(path, mode);                                                                         \
  }
FOPEN(fopen)
FOPEN(fopen64)

ssize_t write(int fd, const void* bytes, size_t count) {
  const int code = fault_of("write", fd, TAKES_SPACE);
  if (code > 0) FAIL(code, -1);
  return syscall(SYS_write, fd, bytes, code < 0 && count > 1 ? count / 2 : count);
}

ssize_t writev(int fd, const struct iovec* parts, int count) {
  const int code = fault_of("writev", fd, TAKES_SPACE);
  if (code > 0) FAIL(code, -1);
  if (code < 0 && count > 0 && parts[0].iov_len > 1) {
    return syscall(SYS_write, fd, parts[0].iov_base, parts[0].iov_len / 2);
  }
  return syscall(SYS_writev, fd, parts, count);
}

#define PWRITE(name)                                                                              \
  ssize_t name(int fd, const void* bytes, size_t count, off_t offset) {                           \
    const int code = fault_of("write", fd, TAKES_SPACE);                                          \
    if (code > 0) FAIL(code, -1);                                                                 \
    return syscall(SYS_pwrite64, fd, bytes, code < 0 && count > 1 ? count / 2 : count, offset);   \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

#define ON_DESCRIPTOR(result, name, parameters, arguments, effect) \
  result name parameters {                                         \
    const int code = fault_of(#name, fd, effect);                  \
    if (code > 0) FAIL(code, -1);                                  \
    return REAL(name) arguments;                                   \
  }
ON_DESCRIPTOR(int, fsync, (int fd), (fd), TAKES_SPACE)
ON_DESCRIPTOR(int, fdatasync, (int fd), (fd), TAKES_SPACE)
ON_DESCRIPTOR(int, ftruncate, (int fd, off_t length), (fd, length), TAKES_SPACE)
ON_DESCRIPTOR(int, ftruncate64, (int fd, off64_t length), (fd, length), TAKES_SPACE)
ON_DESCRIPTOR(int, fallocate, (int fd, int mode, off_t from, off_t length), (fd, mode, from, length), TAKES_SPACE)
ON_DESCRIPTOR(ssize_t, sendfile, (int fd, int from, off_t* offset, size_t count), (fd, from, offset, count), TAKES_SPACE)
ON_DESCRIPTOR(ssize_t, sendfile64, (int fd, int from, off64_t* offset, size_t count), (fd, from, offset, count),
              TAKES_SPACE)

/// posix_fallocate returns its error.
int posix_fallocate(int fd, off_t from, off_t length) {
  const int code = fault_of("posix_fallocate", fd, TAKES_SPACE);
  return code > 0 ? code : REAL(posix_fallocate)(fd, from, length);
}

ssize_t copy_file_range(int from, off64_t* in, int fd, off64_t* out, size_t count, unsigned flags) {
  const int code = fault_of("copy_file_range", fd, TAKES_SPACE);
  if (code > 0) FAIL(code, -1);
  return REAL(copy_file_range)(from, in, fd, out, count, flags);
}

#define MMAP(name)                                                                                  \
  void* name(void* address, size_t length, int protection, int flags, int fd, off_t offset) {       \
    const int code = fd >= 0 ? fault_of("mmap", fd, READS) : 0;                                     \
    if (code > 0) FAIL(code, MAP_FAILED);                                                           \
    return (void*)syscall(SYS_mmap, address, length, protection, flags, fd, offset);                \
  }
MMAP(mmap)
MMAP(mmap64)

#define ON_PATH(name, parameters, arguments, effect)             \
  int name parameters {                                          \
    const int code = fault_at(#name, AT_FDCWD, path, effect);    \
    if (code > 0) FAIL(code, -1);                                \
    return REAL(name) arguments;                                 \
  }
ON_PATH(unlink, (const char* path), (path), NAMES)
ON_PATH(rmdir, (const char* path), (path), NAMES)
ON_PATH(remove, (const char* path), (path), NAMES)
ON_PATH(mkdir, (const char* path, mode_t mode), (path, mode), NAMES | TAKES_SPACE)
ON_PATH(truncate, (const char* path, off_t length), (path, length), NAMES)
ON_PATH(truncate64, (const char* path, off64_t length), (path, length), NAMES)

int unlinkat(int folder, const char* path, int flags) {
  const int code = fault_at("unlinkat", folder, path, NAMES);
  if (code > 0) FAIL(code, -1);
  return REAL(unlinkat)(folder, path, flags);
}

// What they make is named, not what they are made of.
#define TO_PATH(name)                                                                \
  int name(const char* from, const char* path) {                                     \
    const int code = fault_at(#name, AT_FDCWD, path, NAMES | TAKES_SPACE);           \
    if (code > 0) FAIL(code, -1);                                                    \
    return REAL(name)(from, path);                                                   \
  }
TO_PATH(rename)
TO_PATH(link)
TO_PATH(symlink)
