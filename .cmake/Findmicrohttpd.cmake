# microhttpd::microhttpd, through pkg-config: Debian's libmicrohttpd comes without a CMake package.
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
    pkg_check_modules(MICROHTTPD QUIET libmicrohttpd)
endif()
find_path(microhttpd_INCLUDE_DIR microhttpd.h HINTS ${MICROHTTPD_INCLUDE_DIRS})
find_library(microhttpd_LIBRARY microhttpd HINTS ${MICROHTTPD_LIBRARY_DIRS})
mark_as_advanced(microhttpd_INCLUDE_DIR microhttpd_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(microhttpd REQUIRED_VARS microhttpd_LIBRARY microhttpd_INCLUDE_DIR
                                  VERSION_VAR MICROHTTPD_VERSION)
if(microhttpd_FOUND AND NOT TARGET microhttpd::microhttpd)
    add_library(microhttpd::microhttpd UNKNOWN IMPORTED)
    set_target_properties(microhttpd::microhttpd PROPERTIES IMPORTED_LOCATION ${microhttpd_LIBRARY}
                                                            INTERFACE_INCLUDE_DIRECTORIES ${microhttpd_INCLUDE_DIR})
endif()
