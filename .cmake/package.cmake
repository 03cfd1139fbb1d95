# `cmake --install` puts the core's libraries and headers so that find_package(Fusebox) gives Fusebox::Core.

include(CMakePackageConfigHelpers)

get_property(core_rooms GLOBAL PROPERTY FUSEBOX_CORE_ROOMS)
get_property(packages GLOBAL PROPERTY FUSEBOX_PACKAGES)
list(REMOVE_DUPLICATES packages)
list(TRANSFORM packages REPLACE "(.+)" "find_dependency(\\1)")
list(JOIN packages "\n" FUSEBOX_FIND_DEPENDENCIES)

add_library(fusebox_core INTERFACE)
add_library(Fusebox::Core ALIAS fusebox_core)
set_target_properties(fusebox_core PROPERTIES EXPORT_NAME Core)
list(TRANSFORM core_rooms PREPEND fusebox_)
target_link_libraries(fusebox_core INTERFACE ${core_rooms})

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Fusebox)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/FuseboxConfig.cmake.in ${CMAKE_BINARY_DIR}/FuseboxConfig.cmake
                              INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/FuseboxConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(TARGETS fusebox_core EXPORT FuseboxTargets COMPONENT Core)
install(EXPORT FuseboxTargets NAMESPACE Fusebox:: DESTINATION ${package_dir} COMPONENT Core)
install(FILES ${CMAKE_BINARY_DIR}/FuseboxConfig.cmake ${CMAKE_BINARY_DIR}/FuseboxConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/Findcares.cmake ${CMAKE_CURRENT_LIST_DIR}/Findhiredis.cmake
              ${CMAKE_CURRENT_LIST_DIR}/Findmicrohttpd.cmake
        DESTINATION ${package_dir} COMPONENT Core)
