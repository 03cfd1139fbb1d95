#pragma once
// A configuration as somebody is changing it: each option with its live value, what was typed, and whether that is
// allowed - by the library's own rules, option by option and as a whole.
// Threads: GUI thread.
// Errors: an option that the library does not know is left out; one that is not allowed says what is.

#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/domain/config_entry.h>

#include <QString>
#include <QStringList>

#include <cstddef>
#include <vector>

namespace fusebox::models {

struct DraftOption {
    QString name;
    QString help;
    QString allowed;      ///< in words
    QStringList choices;  ///< all values there are; empty: free text
    QString live;         ///< the value in force
    QString text;         ///< as it was typed
    QString objection;    ///< why it is not allowed; empty: it is
    bool changed = false;

    bool operator==(const DraftOption&) const = default;
};

struct ConfigDifference {
    QString option;
    QString before;
    QString after;

    bool operator==(const ConfigDifference&) const = default;
};

class ConfigDraft {
public:
    /// From the live configuration as a snapshot tells it.
    explicit ConfigDraft(const std::vector<domain::ConfigEntry>& live);

    /// The live configuration is another now: what was typed stays, what was not touched follows.
    void rebase(const std::vector<domain::ConfigEntry>& live);

    [[nodiscard]] const std::vector<DraftOption>& options() const { return m_options; }

    /// REQUIRES: index < options().size().
    void write(std::size_t index, const QString& text);
    void revert(std::size_t index);
    void revertAll();
    /// Sets these options; those that are not known are left out.
    void write(const std::vector<domain::ConfigEntry>& entries);
    /// All options as the preset has them. REQUIRES: a name of CircuitBreakerConfig::presetNames().
    void takePreset(const QString& name);
    /// The preset that it equals; empty: none.
    [[nodiscard]] QString preset() const;

    [[nodiscard]] bool isValid() const { return m_objection.isEmpty(); }
    /// The first thing that is wrong, with the option's name; empty: nothing.
    [[nodiscard]] const QString& objection() const { return m_objection; }
    /// What would change, in the library's own spelling. What is not allowed is as it was typed.
    [[nodiscard]] std::vector<ConfigDifference> differences() const;
    /// The same for a command. REQUIRES: isValid().
    [[nodiscard]] std::vector<domain::ConfigEntry> entries() const;
    [[nodiscard]] std::size_t changes() const;

private:
    void check();
    void checkWhole(const breaker::CircuitBreakerConfig& config);

    std::vector<const breaker::ConfigOption*> m_known;  ///< beside m_options
    std::vector<DraftOption> m_options;
    QString m_objection;
};

}  // namespace fusebox::models
