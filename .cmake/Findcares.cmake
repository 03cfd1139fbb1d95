# cares::cares, through pkg-config: Debian's c-ares comes without a CMake package.
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
    pkg_check_modules(CARES QUIET libcares)
endif()
find_path(cares_INCLUDE_DIR ares.h HINTS ${CARES_INCLUDE_DIRS})
find_library(cares_LIBRARY cares HINTS ${CARES_LIBRARY_DIRS})
mark_as_advanced(cares_INCLUDE_DIR cares_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(cares REQUIRED_VARS cares_LIBRARY cares_INCLUDE_DIR VERSION_VAR CARES_VERSION)
if(cares_FOUND AND NOT TARGET cares::cares)
    add_library(cares::cares UNKNOWN IMPORTED)
    set_target_properties(cares::cares PROPERTIES IMPORTED_LOCATION ${cares_LIBRARY}
                                                  INTERFACE_INCLUDE_DIRECTORIES ${cares_INCLUDE_DIR})
endif()
