# Compiler settings that hold for every target of the tree.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)

find_program(FUSEBOX_CCACHE ccache)
if(FUSEBOX_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${FUSEBOX_CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion)
add_compile_options(-Wno-missing-field-initializers)  # designated initialisers name what differs from the defaults
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    add_compile_options(-Wno-restrict)  # gcc 12 warns of "literal" + std::string (gcc bug 105651)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    add_compile_options(-Wthread-safety -Werror=thread-safety)
endif()

if(FUSEBOX_SANITIZE STREQUAL address)
    set(FUSEBOX_SANITIZE_FLAGS -fsanitize=address,undefined -fno-sanitize-recover=undefined)
elseif(FUSEBOX_SANITIZE STREQUAL thread)
    set(FUSEBOX_SANITIZE_FLAGS -fsanitize=thread)
elseif(NOT FUSEBOX_SANITIZE STREQUAL none)
    message(FATAL_ERROR "FUSEBOX_SANITIZE is '${FUSEBOX_SANITIZE}'; allowed are none, address, thread")
endif()
if(FUSEBOX_SANITIZE_FLAGS)
    add_compile_options(${FUSEBOX_SANITIZE_FLAGS} -fno-omit-frame-pointer -O1 -g)
    add_link_options(${FUSEBOX_SANITIZE_FLAGS})
endif()
