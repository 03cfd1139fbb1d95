# Configures the core alone, where Qt cannot be found, and looks for Qt in what would be compiled and linked.

file(REMOVE_RECURSE ${WORK})
execute_process(COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK} -G ${GENERATOR} -D CMAKE_CXX_COMPILER=${COMPILER}
                        -D FUSEBOX_BUILD_CONSOLE=OFF -D FUSEBOX_BUILD_TESTS=OFF -D CMAKE_DISABLE_FIND_PACKAGE_Qt6=ON
                COMMAND_ERROR_IS_FATAL ANY)
file(READ ${WORK}/compile_commands.json commands)
string(LENGTH "${commands}" length)
if(length LESS 1000)
    message(FATAL_ERROR "There is next to nothing to compile")
endif()
if(commands MATCHES "[^\n]*[qQ]t6[^\n]*")
    message(FATAL_ERROR "The core is compiled with Qt: ${CMAKE_MATCH_0}")
endif()
file(GLOB sources ${SOURCE}/core/*/*.h ${SOURCE}/core/*/*.cpp)
foreach(source IN LISTS sources)
    file(STRINGS ${source} found REGEX "#include <(Q[A-Z]|Qt)")
    if(found)
        message(FATAL_ERROR "${source}: ${found}")
    endif()
endforeach()
