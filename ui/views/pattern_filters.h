#pragma once
// The row of filters above the error patterns: text, severity, trend, breaker, and the trip whose shares are told.
// Threads: GUI thread only.

#include <fusebox/models/patterns_model.h>

#include <QWidget>

class QComboBox;

namespace fusebox::widgets {
class FilterBar;
}

namespace fusebox::views {

class PatternFilters : public QWidget {
    Q_OBJECT
public:
    explicit PatternFilters(QWidget* parent = nullptr);

    /// What can be chosen: the breakers and trips that the model knows. What is chosen stays.
    void offer(const models::PatternsModel& model);
    /// All but the categories.
    [[nodiscard]] models::PatternFilter filter() const;
    /// Nothing: the newest.
    [[nodiscard]] std::optional<models::TripKey> trip() const;

    void chooseBreaker(const domain::BreakerId& breaker);
    void clear();
    void focusLine();

signals:
    void changed();

private:
    QComboBox* addChoice(const QString& name, const QStringList& entries, int width);
    void offerBreakers(const std::vector<domain::BreakerId>& breakers);
    void offerTrips(const std::vector<models::TripKey>& trips);

    widgets::FilterBar* m_text;
    QComboBox* m_severity;
    QComboBox* m_trend;
    QComboBox* m_breaker;
    QComboBox* m_trip;
    std::vector<domain::BreakerId> m_breakers;
    std::vector<models::TripKey> m_trips;
};

}  // namespace fusebox::views
