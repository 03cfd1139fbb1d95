#include <fusebox/errors/code_tables.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;
using domain::CodeSystem;

constexpr CodeLine kOracle[] = {
    {transient,
     "18 20 51 54 55 60 104 1012 1013 1014 1033 1034 1089 1090 1092 1109 1555 1575 1591 2049 2396 3113 3114 3135"},
    {transient,
     "4020 4021 4030 4031 4061 4065 4068 8102 8103 8176 8177 8179 14411 14450 16456 16000 25401-25409 25408 30006 "
     "30036"},
    {transient,
     "27102 28511 28547 12150 12152 12153 12157 12161 12170 12203 12224 12235 12500 12502 12505 12509 12510-12530"},
    {transient,
     "12535-12537 12541 12542 12543 12545 12547 12549 12551 12560 12564 12570 12571 12583 12592 12606-12609 12637"},
    {transient,
     "17002 17008 17009 17410 17401 17430 17435 17800 17820 17829 17835 17867 17900 17902 2054 2055 24761 44203"},
    {transient, "1652 1653 1654 1658 1688 257 19809 19815 29275 60025"},
    {rateLimit, "2391 2392 2394 2395 2397 2399 12516 12519 12520"},
    {authentication,
     "1004 1005 1017 1031 1035 1039 1045 1720 1749 1919 1924 1927 1929 1931 1988 2004 28000 28001 28002 28003 28009"},
    {authentication, "28030 28040 28150 28365 12631-12635 12638 12645 24542 1536 1950"},
    {dataValidation,
     "1 1400 1401 1403 1407 1410 1411 1422 1426 1427 1438 1455 1456 1457 1465 1476 1480 1481 1488 1489 1722 1779"},
    {dataValidation,
     "1830-1866 1870-1890 2290 2291 2292 2293 2299 6502 6512 12899 13199 14400 22275 22806 24381 30625 31011 40441"},
    {dataValidation, "1482 1484 911 1795 1461 1471 26006 29913 30653 17004 17059 17166"},
    {permanent,
     "900-999 1000 1001 1002 1003 1006 1008 1009 1747 1756 1765 1788 1789 2019 2024 2085 2289 4043 4044 4054 4063 "
     "4098"},
    {permanent,
     "4091 6550 6553 6576 12154 12162 12504 12514 12521 12533 17003 17006 17011 17447 20000-20999 22288 32000 "
     "55000-55999"},
    {permanent, "600 700 7445 1578 1110 1115 1157 1116 1122 1187 1503 1502"},
};

constexpr CodeLine kDb2[] = {
    {transient,
     "-904 -906 -909 -911 -913 -918 -923 -924 -929 -952 -964 -968 -1015 -1032 -1035 -1040 -1042 -1131 -1218 "
     "-1221"},
    {transient,
     "-1224 -1229 -1272 -1477 -1478 -1773 -1776 -1777 -4470 -4498 -4499 -30080 -30081 -30108 -1226 -20542 -905"},
    {authentication,
     "-551 -552 -553 -554 -555 -556 -567 -922 -1060 -1092 -1093 -30060 -30061 -30082 -30083 -1403 -1404 -4214"},
    {dataValidation,
     "-161 -180 -181 -183 -302 -303 -304 -305 -309 -311 -313 -407 -404 -413 -420 -433 -530 -531 -532 -543 -544 -545"},
    {dataValidation, "-603 -667 -788 -798 -801 -802 -803 -811 -812 -1424 -4228 -4461 -20448 -16061 -10"},
    {permanent, "-007 -029 -097 -1* -2* -3* -4* -5* -6* -7* -8*", Weight::generic},
    {permanent,
     "-084 -104 -107 -109 -113 -115 -117 -119 -122 -125 -128 -199 -203 -204 -206 -301 -408 -440 -441 -491 -501 -502"},
    {permanent,
     "-514 -516 -518 -601 -612 -613 -614 -623 -624 -637 -644 -680 -727 -751 -805 -818 -901 -902 -1013 -1024 -1031"},
};

constexpr CodeLine kHana[] = {
    {transient, "4 5 129-133 137-139 141-143 145 146 152 155 591 602 603 611-614 658 1299 2028 2048"},
    {transient, "-10102 -10108 -10709 -10807 -10811"},
    {authentication, "10 258 332 412-417 663 668 4321 -10104"},
    {permanent,
     "257 259-264 267-273 275-286 288-290 294-297 299 308-309 313 315-316 318-324 328-330 333 335-338 340 343 350-352"},
    {permanent, "362 363 364 368 383 384 397 582 587 588 594 -11210 -813 -709 -708 1024-1038"},
    {dataValidation, "266 274 287 301 303-307 314 325 327 339 354 391 461-463 469 548 561 567 677 1280-1287"},
    {permanent, "2-1999", Weight::generic},
};

constexpr CodeLine kH2[] = {
    {transient, "08* 40* 50200 57014 90007 90020 90028 90031 90039 90067 90092 90098 90108 90120 90131 90135 90138"},
    {authentication, "28000 90040 90093 90096 90097 90109"},
    {dataValidation, "21* 22* 23* 90003-90006 90014 90056 90078 90081 90095 90103-90106 90110"},
    {permanent, "42* 50000 50004 50100 90*"},
};

constexpr CodeLine kHsqldb[] = {
    {transient, "-1 -4 -41 -92 -451 -452 -460 -461 -462 -463 -465 -1305 -4861 -4862 -4871"},
    {authentication, "-33 -36 -4000 -4001 -4002 -5504 -5505"},
    {dataValidation, "-3* -8 -9 -10 -104 -157 -177"},
    {permanent, "-2* -5* -6* -22 -28 -80 -5501 -5502"},
};

constexpr CodeLine kDerby[] = {
    {transient, "08* 40* XJ040 XJ041 XJ001 XSDA* XSLA* 57017 X0X63 XJ012 XCXA0 XJ212 XJ215"},
    {authentication, "28* 25501 4250* 08004.C.1"},
    {dataValidation, "22* 23* X0Y32 X0Y78 XCL30 XIE0* XJ076 XJ077"},
    {permanent, "04501 08004 42* X0* XJ* XC* XB* XS* 38* 39* 0A* 2* 4*"},
};

constexpr CodeLine kSybase[] = {
    {transient,
     "921 701 703 706 708 1105 1203 1204 1205 1211 1601 1621 1702 6107 12205 7222 7221 3475 4001 8210 8211 8212 8242 "
     "12308"},
    {authentication, "229 230 916 4002 4022 10330 10331 10332 10351 10353 14216 17231 17708"},
    {dataValidation, "220 227 232 233 247 249 511 515 530 535 546 547 548 2601 2615 2626 2627 2714 3606 3621 9502 552"},
    {permanent, "101-125 137 156 170 201-219 257 267 277 301-325 512 913 911 2812 3701 4104 7738 11031 4602"},
};

constexpr CodeLine kInformix[] = {
    {transient,
     "-107 -113 -134 -143 -144 -154 -243 -244 -245 -246 -378 -908 -931 -25580 -25582 -25588 -27001 -79716 -79730"},
    {transient, "-958 -11302 -11020 -349 -930"},
    {authentication, "-272 -273 -274 -275 -387 -388 -389 -951 -952 -953 -956 -28016"},
    {dataValidation,
     "-100 -239 -268 -391 -292 -530 -603 -691 -692 -703 -1202 -1204 -1205 -1206 -1213 -1215 -1226 -1260 -1261"},
    {dataValidation, "-1262 -1263 -1264 -6017 -11030 -271 -346"},
    {permanent, "-201 -202 -206 -217 -218 -310 -316 -319 -696 -674 -9627 -329 -111 -23101"},
};

constexpr CodeLine kSqlite[] = {
    {transient,
     "SQLITE_BUSY* 5 SQLITE_LOCKED* 6 SQLITE_NOMEM 7 SQLITE_INTERRUPT 9 SQLITE_IOERR* 10 SQLITE_PROTOCOL 15"},
    {transient,
     "SQLITE_SCHEMA 17 SQLITE_ABORT* 4 261 517 773 262 518 516 266 522 778 1034 1290 1546 1802 2058 2314 2570 2826"},
    {transient, "SQLITE_BUSY SQLITE_LOCKED SQLITE_IOERR SQLITE_ABORT"},
    {permanent,
     "SQLITE_FULL 13 SQLITE_CANTOPEN 14 SQLITE_CANTOPEN* SQLITE_READONLY 8 SQLITE_READONLY* SQLITE_ERROR 1 "
     "SQLITE_INTERNAL 2"},
    {permanent,
     "SQLITE_CORRUPT* 11 SQLITE_NOTADB 26 SQLITE_NOTFOUND 12 SQLITE_EMPTY 16 SQLITE_MISUSE 21 SQLITE_NOLFS 22"},
    {permanent, "SQLITE_FORMAT 24 SQLITE_NOTICE* 27 SQLITE_WARNING* 28"},
    {authentication, "SQLITE_AUTH 23 SQLITE_AUTH* SQLITE_PERM 3 SQLITE_AUTH_USER 279"},
    {dataValidation,
     "SQLITE_CONSTRAINT* 19 SQLITE_TOOBIG 18 SQLITE_MISMATCH 20 SQLITE_RANGE 25 275 531 787 1043 1299 1555 1811"},
    {dataValidation, "2067 2323 2579 2835 3091"},
    {permanent, "SQLITE_*", Weight::generic},
};

constexpr CodeTable kTables[] = {
    {CodeSystem::oracle, kOracle}, {CodeSystem::db2, kDb2},           {CodeSystem::hana, kHana},
    {CodeSystem::h2, kH2},         {CodeSystem::hsqldb, kHsqldb},     {CodeSystem::derby, kDerby},
    {CodeSystem::sybase, kSybase}, {CodeSystem::informix, kInformix}, {CodeSystem::sqlite, kSqlite, Names::everywhere},
};

}  // namespace

std::span<const CodeTable> databaseCodes() {
    return kTables;
}

}  // namespace fusebox::errors
