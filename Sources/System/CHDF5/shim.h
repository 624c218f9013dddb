// HDF5's own names for types, classes and modes are macros that call functions, which Swift cannot
// import; here each becomes a function. What differs between versions of the library is evened out.
#ifndef DOWNHILL_CHDF5_SHIM_H
#define DOWNHILL_CHDF5_SHIM_H

#include <hdf5.h>
#include <stdint.h>
#include <string.h>

static inline hid_t chdf5_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t chdf5_native_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t chdf5_stored_float32(void) { return H5T_IEEE_F32LE; }
static inline hid_t chdf5_stored_int64(void) { return H5T_STD_I64LE; }
static inline hid_t chdf5_stored_int32(void) { return H5T_STD_I32LE; }
static inline hid_t chdf5_default(void) { return H5P_DEFAULT; }
static inline hid_t chdf5_all(void) { return H5S_ALL; }

// Switches off messages on stderr and the loading of plugins. Call it before anything else.
static inline int chdf5_prepare(void) {
  if (H5open() < 0) return -1;
  if (H5PLset_loading_state(0) < 0) return -1;
  return H5Eset_auto2(H5E_DEFAULT, NULL, NULL) < 0 ? -1 : 0;
}

// A list of properties for files that live in memory.
static inline hid_t chdf5_memory_access(void) {
  hid_t list = H5Pcreate(H5P_FILE_ACCESS);
  if (list >= 0 && H5Pset_fapl_core(list, 1 << 20, 0) < 0) {
    H5Pclose(list);
    return -1;
  }
  return list;
}

// Opens a file whose bytes are in memory, for reading.
static inline hid_t chdf5_open_image(const void *bytes, size_t count) {
  hid_t list = chdf5_memory_access();
  if (list < 0) return -1;
  hid_t file = -1;
  if (H5Pset_file_image(list, (void *)bytes, count) >= 0)
    file = H5Fopen("image", H5F_ACC_RDONLY, list);
  H5Pclose(list);
  return file;
}

// Creates an empty file in memory, in the oldest form of the format that can hold what is written.
static inline hid_t chdf5_create_image(void) {
  hid_t list = chdf5_memory_access();
  if (list < 0) return -1;
  hid_t file = H5Fcreate("image", H5F_ACC_TRUNC, H5P_DEFAULT, list);
  H5Pclose(list);
  return file;
}

enum { CHDF5_NAME_SIZE = 1024 };

// The name of the link with a number, in the order of names. Returns its length, −1 on failure.
static inline int64_t chdf5_link_name(hid_t group, uint64_t number, char *name) {
  return H5Lget_name_by_idx(
    group, ".", H5_INDEX_NAME, H5_ITER_INC, number, name, CHDF5_NAME_SIZE, H5P_DEFAULT);
}

// 1 for a hard link, 0 for a soft, external or user-defined one, −1 on failure.
static inline int chdf5_is_hard_link(hid_t group, const char *name) {
#if H5_VERSION_GE(1, 12, 0)
  H5L_info2_t info;
  if (H5Lget_info2(group, name, &info, H5P_DEFAULT) < 0) return -1;
#else
  H5L_info_t info;
  if (H5Lget_info(group, name, &info, H5P_DEFAULT) < 0) return -1;
#endif
  return info.type == H5L_TYPE_HARD;
}

// What an object is (0 group, 1 dataset, 2 something else, −1 failure), and where it lies.
static inline int chdf5_object(hid_t object, uint64_t place[2]) {
  place[0] = place[1] = 0;
#if H5_VERSION_GE(1, 12, 0)
  H5O_info2_t info;
  if (H5Oget_info3(object, &info, H5O_INFO_BASIC) < 0) return -1;
  memcpy(place, &info.token, sizeof(info.token) < 16 ? sizeof(info.token) : 16);
#elif H5_VERSION_GE(1, 10, 3)
  H5O_info_t info;
  if (H5Oget_info2(object, &info, H5O_INFO_BASIC) < 0) return -1;
  place[0] = info.addr;
#else
  H5O_info_t info;
  if (H5Oget_info(object, &info) < 0) return -1;
  place[0] = info.addr;
#endif
  return info.type == H5O_TYPE_GROUP ? 0 : info.type == H5O_TYPE_DATASET ? 1 : 2;
}

// How many links a group holds, −1 on failure.
static inline int64_t chdf5_link_count(hid_t group) {
  H5G_info_t info;
  return H5Gget_info(group, &info) < 0 ? -1 : (int64_t)info.nlinks;
}

enum {
  CHDF5_STORAGE_PLAIN = 0,
  CHDF5_STORAGE_FAILURE = -1,
  CHDF5_STORAGE_EXTERNAL = 1,
  CHDF5_STORAGE_VIRTUAL = 2,
  CHDF5_STORAGE_FILTER = 3,
};

// How a dataset is stored: plainly (also in chunks packed with deflate, shuffle or checksums), or in
// a way that reaches outside the file or needs a plugin.
static inline int chdf5_storage(hid_t dataset) {
  hid_t list = H5Dget_create_plist(dataset);
  if (list < 0) return CHDF5_STORAGE_FAILURE;
  int result = CHDF5_STORAGE_PLAIN;
  H5D_layout_t layout = H5Pget_layout(list);
  if (layout == H5D_VIRTUAL) result = CHDF5_STORAGE_VIRTUAL;
  else if (layout < 0) result = CHDF5_STORAGE_FAILURE;
  else if (H5Pget_external_count(list) != 0) result = CHDF5_STORAGE_EXTERNAL;
  else {
    int count = layout == H5D_CHUNKED ? H5Pget_nfilters(list) : 0;
    for (int index = 0; index < count; index++) {
      unsigned flags, settings;
      size_t values = 0;
      H5Z_filter_t filter =
        H5Pget_filter2(list, (unsigned)index, &flags, &values, NULL, 0, NULL, &settings);
      if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE &&
          filter != H5Z_FILTER_FLETCHER32)
        result = CHDF5_STORAGE_FILTER;
    }
  }
  H5Pclose(list);
  return result;
}

// The extents of a dataset; returns how many there are, −1 on failure or for more than 32.
static inline int chdf5_extents(hid_t dataset, uint64_t extents[32]) {
  hid_t space = H5Dget_space(dataset);
  if (space < 0) return -1;
  int rank = -1;
  H5S_class_t kind = H5Sget_simple_extent_type(space);
  if (kind == H5S_SCALAR) rank = 0;
  else if (kind == H5S_SIMPLE) {
    rank = H5Sget_simple_extent_ndims(space);
    hsize_t sizes[H5S_MAX_RANK];
    if (rank < 0 || rank > 32 || H5Sget_simple_extent_dims(space, sizes, NULL) < 0) rank = -1;
    for (int axis = 0; axis < rank; axis++) extents[axis] = sizes[axis];
  }
  H5Sclose(space);
  return rank;
}

enum { CHDF5_OTHER = 0, CHDF5_FLOAT = 1, CHDF5_SIGNED = 2, CHDF5_UNSIGNED = 3 };

// What the elements of a dataset are, and how many bytes each takes; −1 on failure.
static inline int chdf5_element(hid_t dataset, uint64_t *size) {
  hid_t type = H5Dget_type(dataset);
  if (type < 0) return -1;
  *size = H5Tget_size(type);
  H5T_class_t kind = H5Tget_class(type);
  int result = CHDF5_OTHER;
  if (kind == H5T_FLOAT) result = CHDF5_FLOAT;
  if (kind == H5T_INTEGER)
    result = H5Tget_sign(type) == H5T_SGN_NONE ? CHDF5_UNSIGNED : CHDF5_SIGNED;
  H5Tclose(type);
  return result;
}

// Writes an attribute that holds one UTF-8 text of variable length. Returns −1 on failure.
static inline int chdf5_write_text(hid_t object, const char *name, const char *text) {
  int result = -1;
  hid_t type = H5Tcopy(H5T_C_S1);
  hid_t space = H5Screate(H5S_SCALAR);
  if (type >= 0 && space >= 0 && H5Tset_size(type, H5T_VARIABLE) >= 0 &&
      H5Tset_cset(type, H5T_CSET_UTF8) >= 0) {
    hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute >= 0) {
      result = H5Awrite(attribute, type, &text) < 0 ? -1 : 0;
      H5Aclose(attribute);
    }
  }
  if (space >= 0) H5Sclose(space);
  if (type >= 0) H5Tclose(type);
  return result;
}

// Writes a whole dataset without any record of when. Returns −1 on failure.
static inline int chdf5_write_dataset(
  hid_t group, const char *name, int rank, const uint64_t extents[], hid_t stored, hid_t native,
  const void *elements) {
  int result = -1;
  hsize_t sizes[32];
  if (rank > 32) return -1;
  for (int axis = 0; axis < rank; axis++) sizes[axis] = extents[axis];
  hid_t space = rank == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(rank, sizes, NULL);
  hid_t list = H5Pcreate(H5P_DATASET_CREATE);
  if (space >= 0 && list >= 0 && H5Pset_obj_track_times(list, 0) >= 0) {
    hid_t dataset = H5Dcreate2(group, name, stored, space, H5P_DEFAULT, list, H5P_DEFAULT);
    if (dataset >= 0) {
      result = H5Dwrite(dataset, native, H5S_ALL, H5S_ALL, H5P_DEFAULT, elements) < 0 ? -1 : 0;
      H5Dclose(dataset);
    }
  }
  if (list >= 0) H5Pclose(list);
  if (space >= 0) H5Sclose(space);
  return result;
}

#endif
