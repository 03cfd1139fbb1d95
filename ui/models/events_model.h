#pragma once
// The list of events, newest first. Where events were lost on the way a row says how many.
// Limits: the newest 10,000 are kept; dropped() counts those that had to leave.
// Threads: GUI thread.

#include <fusebox/domain/frame.h>

#include <QAbstractTableModel>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace fusebox::models {

class EventsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Level, Breaker, Kind, Text, Actor, ColumnCount };

    static constexpr std::size_t kLimit = 10'000;

    explicit EventsModel(QObject* parent = nullptr);
    EventsModel(std::size_t limit, QObject* parent);

    void apply(const domain::Frame& frame);

    /// Only events of this breaker; an empty id shows all.
    void setBreakerFilter(const domain::BreakerId& breaker);
    [[nodiscard]] const domain::BreakerId& breakerFilter() const { return m_breaker; }
    /// Words that must all occur in breaker, text, actor or kind, whatever their case.
    void setTextFilter(const QString& text);

    /// REQUIRES: 0 <= row < rowCount().
    [[nodiscard]] const domain::Event& eventAt(int row) const;

    [[nodiscard]] std::size_t totalCount() const { return m_events.size(); }
    /// Events that left because the list was full.
    [[nodiscard]] std::uint64_t dropped() const { return m_dropped; }
    /// Events that never arrived, by the frames' count.
    [[nodiscard]] std::uint64_t lost() const { return m_lost; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    /// The shown rows or the number of all events changed.
    void countsChanged(int shown, int total);

private:
    void append(std::vector<domain::Event> arrived);
    void makeRoom(std::size_t arriving);
    void refilter();
    [[nodiscard]] bool passesFilter(const domain::Event& event) const;

    const std::size_t m_limit;
    std::deque<domain::Event> m_events;  ///< oldest first
    std::uint64_t m_firstSerial = 0;     ///< of m_events.front()
    std::deque<std::uint64_t> m_shown;   ///< serials that pass the filter, oldest first
    domain::BreakerId m_breaker;
    QStringList m_words;
    std::uint64_t m_dropped = 0;
    std::uint64_t m_lost = 0;
};

}  // namespace fusebox::models
