#pragma once
// A read-only table of one-line rows, the same everywhere: no grid, whole rows selected, a sentence where it is empty,
// Ctrl+C copies the selected rows as tab-separated text with a header; nothing in it is a formula to a spreadsheet.
// Threads: GUI thread only.

#include <QTableView>

namespace fusebox::views {

class PlainTable : public QTableView {
    Q_OBJECT
public:
    explicit PlainTable(QWidget* parent = nullptr);

    /// Shown in the middle while there are no rows.
    void setEmptyText(const QString& text);
    [[nodiscard]] const QString& emptyText() const { return m_emptyText; }

    /// Columns as wide as these samples; the one with an empty sample takes what is left.
    void setColumnSamples(const QStringList& samples);

    /// Where there is no room the end of the text stays, not its beginning: of AGENT/BREAKER that is the breaker.
    void keepEndOf(int column);

    void setModel(QAbstractItemModel* model) override;

signals:
    /// Enter or double click.
    void rowOpened(const QModelIndex& index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fitRowHeight();
    void applySamples();
    void copySelection() const;

    QString m_emptyText;
    QStringList m_samples;
};

}  // namespace fusebox::views
