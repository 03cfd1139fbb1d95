#pragma once
// The live table of error patterns, for all breakers or for one. While the pointer is over its rows their order is held.
// Threads: GUI thread only.
// Lifetime: the model outlives it.

#include <fusebox/models/patterns_model.h>
#include <fusebox/views/pattern_look.h>
#include <fusebox/views/plain_table.h>

#include <optional>

namespace fusebox::views {

class PatternTable : public PlainTable {
    Q_OBJECT
public:
    enum class Scope { all, oneBreaker };

    explicit PatternTable(models::PatternsModel& model, Scope scope, QWidget* parent = nullptr);

    /// Nothing: none is selected, or it is gone.
    [[nodiscard]] std::optional<domain::PatternId> selected() const;
    void select(domain::PatternId id);

    /// Shows the column of the errors of one breaker.
    void showHere(bool shown);

signals:
    void selectedChanged();

protected:
    bool viewportEvent(QEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void fitColumns();

    models::PatternsModel& m_model;
    PatternLook m_look;
    const Scope m_scope;
};

}  // namespace fusebox::views
