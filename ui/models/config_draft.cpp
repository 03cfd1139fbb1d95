#include <fusebox/models/config_draft.h>

#include <fusebox/format/safe_text.h>

#include <QRegularExpression>

#include <algorithm>
#include <cassert>

namespace fusebox::models {

namespace {

using breaker::CircuitBreakerConfig;
using breaker::ConfigOption;

QString fromUtf8(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The words among which to choose, if these are all that is allowed.
QStringList choicesOf(const ConfigOption& option) {
    static const QRegularExpression kWord(QStringLiteral("^[a-z_]+$"));
    const QStringList words = fromUtf8(option.allowed).split(QStringLiteral(", "));
    CircuitBreakerConfig scratch;
    const bool all = words.size() > 1 && std::all_of(words.begin(), words.end(), [&](const QString& word) {
                         return kWord.match(word).hasMatch() && option.write(scratch, word.toStdString());
                     });
    return all ? words : QStringList();
}

const domain::ConfigEntry* find(const std::vector<domain::ConfigEntry>& entries, std::string_view name) {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [name](const domain::ConfigEntry& entry) { return entry.option == name; });
    return found == entries.end() ? nullptr : &*found;
}

QString liveText(const domain::ConfigEntry& entry) {
    return format::SafeText::oneLine(entry.value);
}

/// As the library spells it, so that "50 %" and "0.5" are the same; nothing when it is not allowed.
std::optional<QString> spelled(const ConfigOption& option, const QString& text) {
    CircuitBreakerConfig scratch;
    if (!option.write(scratch, text.trimmed().toStdString())) return std::nullopt;
    return fromUtf8(option.read(scratch));
}

bool isSame(const ConfigOption& option, const QString& a, const QString& b) {
    if (a.trimmed() == b.trimmed()) return true;
    const auto spelledA = spelled(option, a);
    return spelledA && spelledA == spelled(option, b);
}

}  // namespace

ConfigDraft::ConfigDraft(const std::vector<domain::ConfigEntry>& live) {
    for (const ConfigOption& known : CircuitBreakerConfig::options()) {
        const domain::ConfigEntry* entry = find(live, known.name);
        if (entry == nullptr) continue;
        DraftOption option;
        option.name = fromUtf8(known.name);
        option.help = fromUtf8(known.help);
        option.allowed = fromUtf8(known.allowed);
        option.choices = choicesOf(known);
        option.live = liveText(*entry);
        option.text = option.live;
        m_known.push_back(&known);
        m_options.push_back(std::move(option));
    }
    check();
}

void ConfigDraft::rebase(const std::vector<domain::ConfigEntry>& live) {
    for (std::size_t i = 0; i < m_options.size(); ++i) {
        const domain::ConfigEntry* entry = find(live, m_known[i]->name);
        if (entry == nullptr) continue;
        DraftOption& option = m_options[i];
        const bool untouched = !option.changed;
        option.live = liveText(*entry);
        if (untouched) option.text = option.live;
    }
    check();
}

void ConfigDraft::write(std::size_t index, const QString& text) {
    assert(index < m_options.size());
    m_options[index].text = text;
    check();
}

void ConfigDraft::revert(std::size_t index) {
    assert(index < m_options.size());
    write(index, m_options[index].live);
}

void ConfigDraft::revertAll() {
    for (DraftOption& option : m_options) option.text = option.live;
    check();
}

void ConfigDraft::write(const std::vector<domain::ConfigEntry>& entries) {
    for (std::size_t i = 0; i < m_options.size(); ++i) {
        if (const domain::ConfigEntry* entry = find(entries, m_known[i]->name)) m_options[i].text = liveText(*entry);
    }
    check();
}

void ConfigDraft::takePreset(const QString& name) {
    const auto preset = CircuitBreakerConfig::preset(name.toStdString());
    assert(preset);
    write(preset->entries());
}

QString ConfigDraft::preset() const {
    for (const std::string_view name : CircuitBreakerConfig::presetNames()) {
        const auto preset = CircuitBreakerConfig::preset(name);
        if (!preset) continue;
        bool equal = true;
        for (std::size_t i = 0; equal && i < m_options.size(); ++i) {
            equal = isSame(*m_known[i], m_options[i].text, fromUtf8(m_known[i]->read(*preset)));
        }
        if (equal) return fromUtf8(name);
    }
    return {};
}

void ConfigDraft::check() {
    m_objection.clear();
    CircuitBreakerConfig config;
    for (std::size_t i = 0; i < m_options.size(); ++i) {
        DraftOption& option = m_options[i];
        option.changed = !isSame(*m_known[i], option.text, option.live);
        option.objection.clear();
        if (auto done = config.set(m_known[i]->name, option.text.trimmed().toStdString()); !done) {
            option.objection = option.allowed;
            if (m_objection.isEmpty()) m_objection = fromUtf8(done.error().what);
        }
    }
    if (m_objection.isEmpty()) checkWhole(config);
}

// The library's sentence begins with the option that it objects to: "max_backoff is 1s; allowed: at least ...".
void ConfigDraft::checkWhole(const CircuitBreakerConfig& config) {
    const auto valid = config.validate();
    if (valid) return;
    m_objection = fromUtf8(valid.error().what);
    const QString name = m_objection.section(QLatin1Char(' '), 0, 0);
    const auto meant = std::find_if(m_options.begin(), m_options.end(),
                                    [&](const DraftOption& option) { return option.name == name; });
    if (meant == m_options.end()) return;
    const QString mark = QStringLiteral("allowed: ");
    const qsizetype at = m_objection.indexOf(mark);
    meant->objection = at < 0 ? m_objection : m_objection.mid(at + mark.size());
}

std::vector<ConfigDifference> ConfigDraft::differences() const {
    std::vector<ConfigDifference> all;
    for (std::size_t i = 0; i < m_options.size(); ++i) {
        const DraftOption& option = m_options[i];
        if (!option.changed) continue;
        all.push_back({option.name, option.live, spelled(*m_known[i], option.text).value_or(option.text.trimmed())});
    }
    return all;
}

std::vector<domain::ConfigEntry> ConfigDraft::entries() const {
    assert(isValid());
    std::vector<domain::ConfigEntry> all;
    for (const ConfigDifference& each : differences()) {
        all.push_back({each.option.toStdString(), each.after.toStdString()});
    }
    return all;
}

std::size_t ConfigDraft::changes() const {
    return static_cast<std::size_t>(
        std::count_if(m_options.begin(), m_options.end(), [](const DraftOption& option) { return option.changed; }));
}

}  // namespace fusebox::models
