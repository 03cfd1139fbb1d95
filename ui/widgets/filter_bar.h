#pragma once
// A line to filter a table by text, with the number of rows left beside it.
// Threads: GUI thread.
// Time: the filter is told 200 ms after the last key, at once on Enter and on clearing.

#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;

namespace fusebox::widgets {

class FilterBar : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(const QString& placeholder, QWidget* parent = nullptr);

    /// "12 of 40"; the bare total while all are shown.
    void setCounts(int shown, int total);

    void setText(const QString& text);
    [[nodiscard]] QString text() const;

    /// Puts the cursor into the line with its text selected.
    void focusLine();
    void clear();

signals:
    void textFilterChanged(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void tellNow();
    void tintIcons();

    QLineEdit* m_line;
    QLabel* m_counts;
    QAction* m_search = nullptr;
    QAction* m_clear = nullptr;
    QTimer m_delay;
    QString m_told;
};

}  // namespace fusebox::widgets
