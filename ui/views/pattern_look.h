#pragma once
// What each cell of the table of error patterns looks like.
// Lifetime: the model outlives it.

#include <fusebox/models/patterns_model.h>
#include <fusebox/widgets/breaker_delegate.h>

namespace fusebox::views {

class PatternLook final : public widgets::CellSource {
public:
    explicit PatternLook(const models::PatternsModel& model) : m_model(model) {}

    [[nodiscard]] widgets::Cell cellAt(const QModelIndex& index) const override;

private:
    const models::PatternsModel& m_model;
};

}  // namespace fusebox::views
