// Reads a whole HDF5 file in a child process. The library has faults that a crafted file can reach; what
// they do to memory ends with the child. Between fork and _exit only C runs: no lock of another thread's
// can be met.
#ifndef DOWNHILL_CHDF5_CHILD_H
#define DOWNHILL_CHDF5_CHILD_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shim.h"

// What the child tells, one record after the other: a byte of these, then a path (length and bytes), then
// what belongs to it. Numbers are in the machine's own order.
enum {
  CHDF5_GROUP = 'G',    // nothing
  CHDF5_ARRAY = 'A',    // kind, element size, rank, extents, elements (float or int64)
  CHDF5_TEXT = 'T',     // name, how many texts, each with its length
  CHDF5_PROBLEM = 'P',  // one of the codes below, two numbers, rank, extents
  CHDF5_END = 'Z',
};

enum {
  CHDF5_NOT_HDF5 = 1, CHDF5_UNREADABLE, CHDF5_LINK, CHDF5_CYCLE, CHDF5_TOO_DEEP, CHDF5_TOO_MANY,
  CHDF5_OUTSIDE, CHDF5_ELEMENTS, CHDF5_SHAPE,
};

// What is accepted at most; see HDF5Reader.Limit.
typedef struct {
  uint64_t depth, objects, ratio, totalRatio, textSize;
} chdf5_limits;

typedef struct {
  FILE *out;
  chdf5_limits limits;
  uint64_t fileSize, objects, total;
  uint64_t (*visited)[2];
  size_t visitedCount, visitedRoom;
  char path[1 << 16];
} chdf5_walk;

static inline void chdf5_put(chdf5_walk *walk, const void *bytes, size_t count) {
  if (count > 0 && fwrite(bytes, 1, count, walk->out) != count) _exit(2);
}
static inline void chdf5_put_number(chdf5_walk *walk, uint64_t number) {
  chdf5_put(walk, &number, sizeof number);
}
static inline void chdf5_put_text(chdf5_walk *walk, const char *text, size_t length) {
  chdf5_put_number(walk, length);
  chdf5_put(walk, text, length);
}
static inline void chdf5_put_tag(chdf5_walk *walk, char tag) {
  chdf5_put(walk, &tag, 1);
  chdf5_put_text(walk, walk->path, strlen(walk->path));
}

// Tells what is wrong with the object at hand, and ends the child.
static inline void chdf5_fail(
  chdf5_walk *walk, int code, uint64_t number, int rank, const uint64_t *extents) {
  chdf5_put_tag(walk, CHDF5_PROBLEM);
  chdf5_put_number(walk, (uint64_t)code);
  chdf5_put_number(walk, number);
  chdf5_put_number(walk, (uint64_t)rank);
  for (int axis = 0; axis < rank; axis++) chdf5_put_number(walk, extents[axis]);
  fflush(walk->out);
  _exit(0);
}

// Notes an object; 0 if it was met before.
static inline int chdf5_is_new(chdf5_walk *walk, const uint64_t place[2]) {
  for (size_t index = 0; index < walk->visitedRoom && walk->visitedRoom > 0; index++) {
    size_t slot = (place[0] * 0x9E3779B97F4A7C15u + place[1] + index) & (walk->visitedRoom - 1);
    if (walk->visited[slot][0] == ~0ull && walk->visited[slot][1] == ~0ull) {
      walk->visited[slot][0] = place[0];
      walk->visited[slot][1] = place[1];
      return 1;
    }
    if (walk->visited[slot][0] == place[0] && walk->visited[slot][1] == place[1]) return 0;
  }
  return 0;
}

// Texts that belong to an object. Those that cannot be read are left out: Keras needs only some.
static inline herr_t chdf5_attribute(
  hid_t object, const char *name, const H5A_info_t *info, void *context) {
  (void)info;
  chdf5_walk *walk = context;
  hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
  if (attribute < 0) return 0;
  hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
  hssize_t count = space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;
  size_t size = type >= 0 ? H5Tget_size(type) : 0;
  if (type >= 0 && H5Tget_class(type) == H5T_STRING && count >= 0 && size > 0 &&
      (uint64_t)count <= walk->limits.objects) {
    if (H5Tis_variable_str(type) > 0) {
      char **texts = calloc((size_t)count + 1, sizeof *texts);
      if (texts && H5Aread(attribute, type, texts) >= 0) {
        chdf5_put_tag(walk, CHDF5_TEXT);
        chdf5_put_text(walk, name, strlen(name));
        chdf5_put_number(walk, (uint64_t)count);
        for (hssize_t index = 0; index < count; index++) {
          size_t length = texts[index] ? strlen(texts[index]) : 0;
          if (length > walk->limits.textSize) length = 0;
          chdf5_put_text(walk, texts[index] ? texts[index] : "", length);
        }
      }
      free(texts);
    } else if (size <= walk->limits.textSize &&
               (uint64_t)count * size <= walk->limits.textSize) {
      char *texts = calloc((size_t)count + 1, size);
      if (texts && H5Aread(attribute, type, texts) >= 0) {
        chdf5_put_tag(walk, CHDF5_TEXT);
        chdf5_put_text(walk, name, strlen(name));
        chdf5_put_number(walk, (uint64_t)count);
        for (hssize_t index = 0; index < count; index++)
          chdf5_put_text(walk, texts + (size_t)index * size, strnlen(texts + (size_t)index * size, size));
      }
      free(texts);
    }
  }
  if (space >= 0) H5Sclose(space);
  if (type >= 0) H5Tclose(type);
  H5Aclose(attribute);
  return 0;
}

static inline void chdf5_read_array(chdf5_walk *walk, hid_t dataset) {
  int storage = chdf5_storage(dataset);
  if (storage == CHDF5_STORAGE_FAILURE) chdf5_fail(walk, CHDF5_UNREADABLE, 0, 0, NULL);
  if (storage != CHDF5_STORAGE_PLAIN) chdf5_fail(walk, CHDF5_OUTSIDE, (uint64_t)storage, 0, NULL);
  uint64_t extents[32];
  int rank = chdf5_extents(dataset, extents);
  if (rank < 0) chdf5_fail(walk, CHDF5_UNREADABLE, 0, 0, NULL);
  uint64_t size = 0;
  int kind = chdf5_element(dataset, &size);
  int isFloat = kind == CHDF5_FLOAT;
  int isWhole = kind == CHDF5_SIGNED || kind == CHDF5_UNSIGNED;
  if (!(isFloat && (size == 2 || size == 4 || size == 8)) &&
      !(isWhole && (size == 1 || size == 2 || size == 4 || size == 8)))
    chdf5_fail(walk, CHDF5_ELEMENTS, 0, 0, NULL);
  // What a shape asks for against what is stored, before memory is taken for it. Counted without the
  // empty axes too, so that every product of extents can be formed later.
  uint64_t stored = H5Dget_storage_size(dataset), bytes = size, count = 1;
  int overflows = 0;
  for (int axis = 0; axis < rank; axis++) {
    if (extents[axis] > 0 && bytes > (UINT64_MAX >> 2) / extents[axis]) overflows = 1;
    if (extents[axis] > 0 && !overflows) bytes *= extents[axis];
    count = extents[axis] == 0 || overflows ? 0 : count * extents[axis];
  }
  if (overflows || stored > walk->fileSize) chdf5_fail(walk, CHDF5_SHAPE, stored, rank, extents);
  int isEmpty = 0;
  for (int axis = 0; axis < rank; axis++) isEmpty |= extents[axis] == 0;
  if (isEmpty) count = 0;
  if (!isEmpty) {
    walk->total += bytes < (1ull << 60) ? bytes : (1ull << 60);
    if (stored == 0 || bytes / walk->limits.ratio > stored || walk->total > (1ull << 60) ||
        walk->total / walk->limits.totalRatio > walk->fileSize)
      chdf5_fail(walk, CHDF5_SHAPE, stored, rank, extents);
  }
  size_t width = isFloat ? sizeof(float) : sizeof(int64_t);
  void *elements = malloc(count > 0 ? count * width : 1);
  if (!elements) chdf5_fail(walk, CHDF5_SHAPE, stored, rank, extents);
  if (count > 0 &&
      H5Dread(dataset, isFloat ? H5T_NATIVE_FLOAT : H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT,
              elements) < 0)
    chdf5_fail(walk, CHDF5_UNREADABLE, 0, 0, NULL);
  chdf5_put_tag(walk, CHDF5_ARRAY);
  chdf5_put_number(walk, (uint64_t)kind);
  chdf5_put_number(walk, size);
  chdf5_put_number(walk, (uint64_t)rank);
  for (int axis = 0; axis < rank; axis++) chdf5_put_number(walk, extents[axis]);
  chdf5_put(walk, elements, count * width);
  free(elements);
}

static inline void chdf5_visit(chdf5_walk *walk, hid_t group, uint64_t depth) {
  if (depth > walk->limits.depth) chdf5_fail(walk, CHDF5_TOO_DEEP, walk->limits.depth, 0, NULL);
  int64_t count = chdf5_link_count(group);
  if (count < 0) chdf5_fail(walk, CHDF5_UNREADABLE, 0, 0, NULL);
  if ((uint64_t)count > walk->limits.objects)
    chdf5_fail(walk, CHDF5_TOO_MANY, walk->limits.objects, 0, NULL);
  chdf5_put_tag(walk, CHDF5_GROUP);
  H5Aiterate2(group, H5_INDEX_NAME, H5_ITER_INC, NULL, chdf5_attribute, walk);
  size_t base = strlen(walk->path);
  for (uint64_t number = 0; number < (uint64_t)count; number++) {
    char name[CHDF5_NAME_SIZE];
    walk->path[base] = 0;
    int64_t length = chdf5_link_name(group, number, name);
    if (length <= 0 || length >= CHDF5_NAME_SIZE || base + (size_t)length + 2 > sizeof walk->path)
      chdf5_fail(walk, CHDF5_UNREADABLE, 1, 0, NULL);
    snprintf(walk->path + base, sizeof walk->path - base, "%s%s", base ? "/" : "", name);
    int isHard = chdf5_is_hard_link(group, name);
    if (isHard == 0) chdf5_fail(walk, CHDF5_LINK, 0, 0, NULL);
    if (isHard < 0) chdf5_fail(walk, CHDF5_UNREADABLE, 0, 0, NULL);
    if (++walk->objects > walk->limits.objects)
      chdf5_fail(walk, CHDF5_TOO_MANY, walk->limits.objects, 0, NULL);
    hid_t object = H5Oopen(group, name, H5P_DEFAULT);
    if (object < 0) chdf5_fail(walk, CHDF5_UNREADABLE, 0, 0, NULL);
    uint64_t place[2];
    int kind = chdf5_object(object, place);
    if (!chdf5_is_new(walk, place)) chdf5_fail(walk, CHDF5_CYCLE, 0, 0, NULL);
    if (kind == 0) chdf5_visit(walk, object, depth + 1);
    else if (kind == 1) chdf5_read_array(walk, object);
    else chdf5_fail(walk, CHDF5_UNREADABLE, 0, 0, NULL);
    H5Oclose(object);
  }
  walk->path[base] = 0;
}

static inline void chdf5_limit(int resource, uint64_t value) {
  struct rlimit limit = {value, value};
  setrlimit(resource, &limit);
}

// The work of the child; never returns.
static inline void chdf5_child(
  int out, const void *bytes, size_t count, chdf5_limits limits, uint64_t memory, uint64_t seconds) {
  // What is mapped already counts too.
  unsigned long pages = 0;
  FILE *mapped = fopen("/proc/self/statm", "r");
  if (mapped) {
    if (fscanf(mapped, "%lu", &pages) == 1)
      chdf5_limit(RLIMIT_AS, (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE) + memory);
    fclose(mapped);
  }
  chdf5_limit(RLIMIT_CPU, seconds);
  chdf5_limit(RLIMIT_CORE, 0);
  // It may write to the pipe, and to no file.
  chdf5_limit(RLIMIT_FSIZE, 0);
  chdf5_walk *walk = calloc(1, sizeof *walk);
  if (!walk || !(walk->out = fdopen(out, "w"))) _exit(2);
  walk->limits = limits;
  walk->fileSize = count;
  walk->visitedRoom = 1;
  while (walk->visitedRoom < 2 * limits.objects + 2) walk->visitedRoom *= 2;
  walk->visited = malloc(walk->visitedRoom * sizeof *walk->visited);
  if (!walk->visited) _exit(2);
  memset(walk->visited, 0xFF, walk->visitedRoom * sizeof *walk->visited);
  if (chdf5_prepare() < 0) _exit(2);
  hid_t file = chdf5_open_image(bytes, count);
  if (file < 0) chdf5_fail(walk, CHDF5_NOT_HDF5, 0, 0, NULL);
  hid_t root = H5Gopen2(file, "/", H5P_DEFAULT);
  if (root < 0) chdf5_fail(walk, CHDF5_UNREADABLE, 0, 0, NULL);
  uint64_t place[2];
  chdf5_object(root, place);
  chdf5_is_new(walk, place);
  chdf5_visit(walk, root, 0);
  chdf5_put_tag(walk, CHDF5_END);
  _exit(fflush(walk->out) == 0 ? 0 : 2);
}

// Starts a child that reads a file in memory. Returns the end of the pipe from which its records come, −1
// on failure.
static inline int chdf5_start_child(
  const void *bytes, size_t count, chdf5_limits limits, uint64_t memory, uint64_t seconds,
  int32_t *child) {
  int ends[2];
  if (pipe(ends) != 0) return -1;
  // Programs that other threads start meanwhile must not keep the pipe open.
  for (int end = 0; end < 2; end++) fcntl(ends[end], F_SETFD, FD_CLOEXEC);
  pid_t process = fork();
  if (process == 0) {
    close(ends[0]);
    chdf5_child(ends[1], bytes, count, limits, memory, seconds);
  }
  close(ends[1]);
  if (process < 0) {
    close(ends[0]);
    return -1;
  }
  *child = process;
  return ends[0];
}

// Waits for the child; 0 if it ended by itself, else the signal that ended it.
static inline int chdf5_end_child(int32_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

#endif
