#pragma once
// Events of the journal, newest first, page by page: a view that is scrolled to its end gets the next page.
// Threads: GUI thread.
// Limits: kLimit rows; beyond them a narrower search is needed, and isFull() says so.

#include <fusebox/journal/query.h>

#include <QAbstractTableModel>

#include <cstddef>
#include <vector>

namespace fusebox::models {

class StoredEventsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Level, Breaker, Kind, Text, Actor, ColumnCount };

    static constexpr std::size_t kLimit = 200'000;

    explicit StoredEventsModel(QObject* parent = nullptr);

    /// The first page of another question: all rows are new.
    void replace(journal::EventPage page);
    /// The first page of the same question once more: what is new stands at the top, the rest stays.
    void renew(journal::EventPage page);
    /// The page after the last row.
    void append(journal::EventPage page);
    void clear();

    /// REQUIRES: 0 <= row < rowCount().
    [[nodiscard]] const journal::StoredEvent& eventAt(int row) const { return m_events[static_cast<std::size_t>(row)]; }
    /// There are further ones that are not here yet.
    [[nodiscard]] bool hasMore() const { return m_more; }
    [[nodiscard]] bool isFull() const { return m_events.size() >= kLimit; }
    /// The next page was asked for and did not come.
    void forgetQuestion() { m_asked = false; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

signals:
    /// The page after this event is wanted.
    void pageWanted(fusebox::domain::EventId before);

private:
    std::vector<journal::StoredEvent> m_events;
    bool m_more = false;
    bool m_asked = false;
};

}  // namespace fusebox::models
