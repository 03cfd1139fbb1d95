#include <fusebox/views/plain_table.h>

#include <fusebox/format/safe_text.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace fusebox::views {
namespace {

constexpr int kCellPadding = 16;
constexpr int kRowPadding = 8;

class EndDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode = Qt::ElideLeft;
    }
};

}  // namespace

PlainTable::PlainTable(QWidget* parent) : QTableView(parent) {
    setShowGrid(false);
    setWordWrap(false);
    setAlternatingRowColors(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    fitRowHeight();
    connect(this, &QTableView::doubleClicked, this, &PlainTable::rowOpened);
}

void PlainTable::setEmptyText(const QString& text) {
    if (text == m_emptyText) return;
    m_emptyText = text;
    viewport()->update();
}

void PlainTable::setColumnSamples(const QStringList& samples) {
    m_samples = samples;
    applySamples();
}

void PlainTable::keepEndOf(int column) {
    setItemDelegateForColumn(column, new EndDelegate(this));
}

void PlainTable::setModel(QAbstractItemModel* model) {
    QTableView::setModel(model);
    applySamples();
}

void PlainTable::applySamples() {
    const int columns = std::min(static_cast<int>(m_samples.size()), horizontalHeader()->count());
    for (int column = 0; column < columns; ++column) {
        if (m_samples.at(column).isEmpty()) {
            horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
            continue;
        }
        const QString title = model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        const int width = std::max(fontMetrics().horizontalAdvance(m_samples.at(column)),
                                   horizontalHeader()->fontMetrics().horizontalAdvance(title) + kCellPadding / 2);
        setColumnWidth(column, width + kCellPadding);
    }
}

void PlainTable::fitRowHeight() {
    const int height = fontMetrics().height() + kRowPadding;
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
}

void PlainTable::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (m_emptyText.isEmpty() || (model() != nullptr && model()->rowCount() > 0)) return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect().adjusted(12, 4, -12, -4), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

void PlainTable::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) return copySelection();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (currentIndex().isValid()) emit rowOpened(currentIndex());
        return;
    }
    QTableView::keyPressEvent(event);
}

void PlainTable::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fitRowHeight();
        applySamples();
    }
}

void PlainTable::copySelection() const {
    if (selectionModel() == nullptr || !selectionModel()->hasSelection()) return;
    const int columns = model()->columnCount();
    QStringList header;
    for (int column = 0; column < columns; ++column) {
        header << model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    }
    QStringList lines{header.join(QLatin1Char('\t'))};
    for (const QModelIndex& row : selectionModel()->selectedRows()) {
        QStringList cells;
        for (int column = 0; column < columns; ++column) {
            cells << format::SafeText::cell(row.siblingAtColumn(column).data().toString());
        }
        lines << cells.join(QLatin1Char('\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

}  // namespace fusebox::views
