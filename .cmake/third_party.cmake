# Foreign libraries are looked up when the first room asks for one, so that a build needs only what it uses.

# Which find_package call brings a target. Qt is found by the top CMakeLists.txt.
set(FUSEBOX_PACKAGE_OF_Threads::Threads Threads)
set(FUSEBOX_PACKAGE_OF_fmt::fmt fmt)
set(FUSEBOX_PACKAGE_OF_spdlog::spdlog spdlog)
set(FUSEBOX_PACKAGE_OF_tl::expected tl-expected)
set(FUSEBOX_PACKAGE_OF_nlohmann_json::nlohmann_json nlohmann_json)
set(FUSEBOX_PACKAGE_OF_tomlplusplus::tomlplusplus tomlplusplus)
set(FUSEBOX_PACKAGE_OF_CURL::libcurl CURL)
set(FUSEBOX_PACKAGE_OF_OpenSSL::SSL OpenSSL)
set(FUSEBOX_PACKAGE_OF_OpenSSL::Crypto OpenSSL)
set(FUSEBOX_PACKAGE_OF_SQLite::SQLite3 SQLite3)
set(FUSEBOX_PACKAGE_OF_PostgreSQL::PostgreSQL PostgreSQL)
set(FUSEBOX_PACKAGE_OF_hiredis::hiredis hiredis)
set(FUSEBOX_PACKAGE_OF_cares::cares cares)
set(FUSEBOX_PACKAGE_OF_CLI11::CLI11 CLI11)
set(FUSEBOX_PACKAGE_OF_benchmark::benchmark benchmark)

# fusebox_require(TARGET...): makes each foreign target known, or stops with the package that is missing.
function(fusebox_require)
    foreach(target IN LISTS ARGN)
        set(package ${FUSEBOX_PACKAGE_OF_${target}})
        if(package AND NOT TARGET ${target})
            find_package(${package} REQUIRED)
        elseif(NOT TARGET ${target})
            message(FATAL_ERROR "Unknown target ${target}: add its package to .cmake/third_party.cmake")
        endif()
    endforeach()
endfunction()

# fusebox_package_needs(TARGET...): notes what the installed package must look up for its users.
function(fusebox_package_needs)
    foreach(target IN LISTS ARGN)
        if(FUSEBOX_PACKAGE_OF_${target})
            set_property(GLOBAL APPEND PROPERTY FUSEBOX_PACKAGES ${FUSEBOX_PACKAGE_OF_${target}})
        endif()
    endforeach()
endfunction()
