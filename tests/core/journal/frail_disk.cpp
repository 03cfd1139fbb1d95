#include "frail_disk.h"

#include <sqlite3.h>

#include <cstring>
#include <map>
#include <random>
#include <vector>

namespace fusebox::journal {

namespace {

struct Unsynced {
    sqlite3_int64 offset = 0;
    std::vector<char> before;  // what stood there; may be shorter than what was written
    sqlite3_int64 sizeBefore = 0;
};

struct Device {
    Failure failure = Failure::none;
    std::uint64_t at = 0;
    std::uint64_t operations = 0;
    bool isDead = false;
    std::mt19937 random;
    std::map<struct FrailFile*, std::vector<Unsynced>> unsynced;
};

struct FrailFile {
    sqlite3_file base;
    sqlite3_file* real;
};

Device* device = nullptr;  // there is one at a time
sqlite3_vfs vfs;

FrailFile* frail(sqlite3_file* file) {
    return reinterpret_cast<FrailFile*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
    return frail(file)->real;
}

// What lies on the device after a power failure: of each write that was not synced, it or what stood there before.
void loseSome() {
    for (auto& [file, writes] : device->unsynced) {
        for (auto write = writes.rbegin(); write != writes.rend(); ++write) {
            if (device->random() % 2 == 0) continue;
            if (!write->before.empty()) {
                file->real->pMethods->xWrite(file->real, write->before.data(), static_cast<int>(write->before.size()),
                                             write->offset);
            }
        }
    }
    device->unsynced.clear();
}

// True: the operation fails.
bool fails() {
    ++device->operations;
    if (device->isDead) return true;
    if (device->failure == Failure::none || device->operations != device->at) return false;
    device->isDead = device->failure != Failure::once;
    if (device->failure == Failure::crash) loseSome();
    return true;
}

void remember(sqlite3_file* file, int amount, sqlite3_int64 offset) {
    Unsynced write;
    write.offset = offset;
    real(file)->pMethods->xFileSize(real(file), &write.sizeBefore);
    const sqlite3_int64 there = std::min<sqlite3_int64>(amount, std::max<sqlite3_int64>(write.sizeBefore - offset, 0));
    write.before.resize(static_cast<std::size_t>(there));
    if (there > 0) real(file)->pMethods->xRead(real(file), write.before.data(), static_cast<int>(there), offset);
    // Beyond the old end nothing stood: a lost write leaves zeros.
    write.before.resize(static_cast<std::size_t>(amount), '\0');
    device->unsynced[frail(file)].push_back(std::move(write));
}

int xClose(sqlite3_file* file) {
    device->unsynced.erase(frail(file));
    return real(file)->pMethods->xClose(real(file));
}
int xRead(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
    return real(file)->pMethods->xRead(real(file), to, amount, offset);
}
int xWrite(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
    const bool wasDead = device->isDead;
    if (fails()) {
        if (!wasDead && device->failure == Failure::torn) {
            real(file)->pMethods->xWrite(real(file), from, amount / 2, offset);
        }
        return SQLITE_IOERR_WRITE;
    }
    if (device->failure == Failure::crash) remember(file, amount, offset);
    return real(file)->pMethods->xWrite(real(file), from, amount, offset);
}
int xTruncate(sqlite3_file* file, sqlite3_int64 size) {
    return fails() ? SQLITE_IOERR_TRUNCATE : real(file)->pMethods->xTruncate(real(file), size);
}
int xSync(sqlite3_file* file, int) {
    if (fails()) return SQLITE_IOERR_FSYNC;
    device->unsynced.erase(frail(file));
    return SQLITE_OK;
}
int xFileSize(sqlite3_file* file, sqlite3_int64* size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}
int xLock(sqlite3_file* file, int lock) {
    return real(file)->pMethods->xLock(real(file), lock);
}
int xUnlock(sqlite3_file* file, int lock) {
    return real(file)->pMethods->xUnlock(real(file), lock);
}
int xCheckReservedLock(sqlite3_file* file, int* result) {
    return real(file)->pMethods->xCheckReservedLock(real(file), result);
}
int xFileControl(sqlite3_file* file, int operation, void* argument) {
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}
int xSectorSize(sqlite3_file* file) {
    return real(file)->pMethods->xSectorSize(real(file));
}
int xDeviceCharacteristics(sqlite3_file*) {
    return 0;  // promises nothing
}
int xShmMap(sqlite3_file* file, int page, int size, int extend, void volatile** to) {
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, to);
}
int xShmLock(sqlite3_file* file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void xShmBarrier(sqlite3_file* file) {
    real(file)->pMethods->xShmBarrier(real(file));
}
int xShmUnmap(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods kMethods{2,
                                  xClose,
                                  xRead,
                                  xWrite,
                                  xTruncate,
                                  xSync,
                                  xFileSize,
                                  xLock,
                                  xUnlock,
                                  xCheckReservedLock,
                                  xFileControl,
                                  xSectorSize,
                                  xDeviceCharacteristics,
                                  xShmMap,
                                  xShmLock,
                                  xShmBarrier,
                                  xShmUnmap,
                                  nullptr,
                                  nullptr};

int xOpen(sqlite3_vfs* self, const char* name, sqlite3_file* file, int flags, int* outFlags) {
    auto* under = static_cast<sqlite3_vfs*>(self->pAppData);
    FrailFile* made = frail(file);
    made->base.pMethods = nullptr;
    made->real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(made) + sizeof(FrailFile));
    const int code = under->xOpen(under, name, made->real, flags, outFlags);
    if (code == SQLITE_OK) {
        made->base.pMethods = &kMethods;
    }
    return code;
}

}  // namespace

FrailDisk::FrailDisk(Failure failure, std::uint64_t at, std::uint32_t seed) {
    device = new Device;
    device->failure = failure;
    device->at = at;
    device->random.seed(seed);
    sqlite3_vfs* under = sqlite3_vfs_find(nullptr);
    vfs = *under;
    vfs.zName = "frail";
    vfs.pNext = nullptr;
    vfs.szOsFile = static_cast<int>(sizeof(FrailFile)) + under->szOsFile;
    vfs.pAppData = under;
    vfs.xOpen = xOpen;
    sqlite3_vfs_register(&vfs, 0);
}

FrailDisk::~FrailDisk() {
    sqlite3_vfs_unregister(&vfs);
    delete device;
    device = nullptr;
}

std::uint64_t FrailDisk::operations() const {
    return device->operations;
}

}  // namespace fusebox::journal
