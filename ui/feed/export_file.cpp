#include <fusebox/feed/export_file.h>

#include <fusebox/format/safe_text.h>

#include <QDateTime>
#include <QStringList>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace fusebox::feed {
namespace {

std::string reason() {
    return std::strerror(errno);
}

std::string folderOf(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

base::Result<void> mayBeReplaced(const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) {
        if (errno == ENOENT) return {};
        return base::trouble(base::TroubleCode::unavailable, "It cannot be looked at", path, reason());
    }
    if (!S_ISREG(status.st_mode)) {
        return base::trouble(base::TroubleCode::refused, "It is a link, a folder or a device: choose an ordinary file",
                             path);
    }
    if (status.st_uid != ::geteuid()) {
        return base::trouble(base::TroubleCode::refused, "It belongs to somebody else: choose another name", path);
    }
    return {};
}

bool isFormula(QStringView text) {
    if (text.isEmpty()) return false;
    const QChar first = text.front();
    // Also as full-width forms, which some spreadsheets take for the same.
    return QStringView(u"=+-@\t\r\n\uff1d\uff0b\uff0d\uff20").contains(first);
}

QString csvField(const std::string& foreign) {
    QString text = format::SafeText::block(foreign);
    const bool guarded = isFormula(text);
    if (guarded) text.prepend(QLatin1Char('\''));
    const bool quoted = guarded || text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"')) ||
                        text.contains(QLatin1Char('\n')) || text.contains(QLatin1Char('\r'));
    if (!quoted) return text;
    text.replace(QLatin1Char('"'), QStringLiteral("\"\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

QString utc(base::WallTime at) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

constexpr const char* levelWord(domain::Level level) {
    return level == domain::Level::error ? "error" : (level == domain::Level::warning ? "warning" : "info");
}

}  // namespace

base::Result<ExportFile> ExportFile::create(const std::string& path) {
    if (path.empty()) return base::trouble(base::TroubleCode::invalidInput, "The file has no name");
    if (auto allowed = mayBeReplaced(path); !allowed) return tl::unexpected(allowed.error());
    std::string temporary = path + ".part-XXXXXX";
    // mkostemp makes a file that was not there: it follows no link.
    const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
    if (descriptor < 0) {
        return base::trouble(base::TroubleCode::unavailable, "No file can be made there", path, reason());
    }
    return ExportFile(path, std::move(temporary), descriptor);
}

ExportFile::ExportFile(ExportFile&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_temporary(std::move(other.m_temporary)),
      m_descriptor(std::exchange(other.m_descriptor, -1)) {}

ExportFile::~ExportFile() {
    drop();
}

void ExportFile::drop() {
    if (m_descriptor < 0) return;
    ::close(std::exchange(m_descriptor, -1));
    ::unlink(m_temporary.c_str());
}

tl::unexpected<base::Trouble> ExportFile::failed(const char* what) const {
    return base::trouble(base::TroubleCode::unavailable, what, m_path, reason());
}

base::Result<void> ExportFile::write(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(m_descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failed("It cannot be written");
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

base::Result<void> ExportFile::finish() {
    if (::fsync(m_descriptor) != 0) return failed("It cannot be brought to the disk");
    // What was put there meanwhile is not overwritten unseen.
    if (auto allowed = mayBeReplaced(m_path); !allowed) return allowed;
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0) return failed("It cannot be put in its place");
    ::close(std::exchange(m_descriptor, -1));
    const int folder = ::open(folderOf(m_path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return {};
}

std::string exportHead(ExportForm form) {
    return form == ExportForm::csv ? "id,time_utc,level,kind,breaker,actor,text\r\n" : "";
}

std::string exportLine(const journal::StoredEvent& event, ExportForm form) {
    if (form == ExportForm::jsonLines) return event.json + '\n';
    const QStringList fields{QString::number(event.id.value),
                             utc(event.at),
                             QLatin1String(levelWord(event.level)),
                             csvField(std::string(domain::toWord(event.kind))),
                             csvField(event.breaker.value),
                             csvField(event.actor),
                             csvField(event.text)};
    return (fields.join(QLatin1Char(',')) + QStringLiteral("\r\n")).toStdString();
}

}  // namespace fusebox::feed
