#include <fusebox/views/holds_panel.h>

#include <fusebox/format/words.h>
#include <fusebox/views/plain_table.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace fusebox::views {

HoldsPanel::HoldsPanel(QWidget* parent)
    : QWidget(parent), m_table(new PlainTable), m_summary(new QLabel), m_release(new QToolButton) {
    m_table->setAccessibleName(tr("Holds"));
    m_table->setToolTip(tr("Enter releases the hold, after a question"));
    m_table->setModel(&m_holds);
    m_table->setColumnSamples({QStringLiteral("Forced closed"), QStringLiteral("operator"), QString(),
                               QStringLiteral("14:32:07"), QStringLiteral("until released"),
                               QStringLiteral("overruled mm")});
    m_table->setEmptyText(tr("Nobody holds this breaker."));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_release->setText(tr("Release..."));
    m_release->setObjectName(QStringLiteral("release-hold"));
    m_release->setToolTip(tr("Take the selected hold away"));
    m_release->setFocusPolicy(Qt::StrongFocus);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 8, 4);
    bar->addWidget(m_summary, 1);
    bar->addWidget(m_release);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_table, 1);
    connect(m_release, &QToolButton::clicked, this, &HoldsPanel::releaseCurrent);
    connect(m_table, &PlainTable::rowOpened, this, &HoldsPanel::releaseCurrent);
    connect(m_table, &QWidget::customContextMenuRequested, this, &HoldsPanel::showMenu);
    clear();
}

void HoldsPanel::apply(const domain::Snapshot& snapshot) {
    m_holds.apply(snapshot);
    const int holds = count();
    m_release->setVisible(holds > 0);
    m_summary->setVisible(holds > 0);
    if (holds == 0) return;
    if (!m_table->currentIndex().isValid()) m_table->selectRow(0);
    const QString ruling = snapshot.heldAs ? format::word(*snapshot.heldAs).toLower() : QString();
    const QString text = holds == 1 ? tr("One hold rules: %1.").arg(ruling)
                                    : tr("%1 holds; the strongest rules: %2.").arg(holds).arg(ruling);
    if (m_summary->text() != text) m_summary->setText(text);
}

void HoldsPanel::clear() {
    m_holds.clear();
    m_release->hide();
    m_summary->hide();
}

void HoldsPanel::releaseCurrent() {
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid()) emit releaseWanted(m_holds.hold(current.row()).id);
}

void HoldsPanel::showMenu(const QPoint& at) {
    if (!m_table->indexAt(at).isValid()) return;
    QMenu menu(this);
    menu.addAction(tr("&Release..."), this, &HoldsPanel::releaseCurrent);
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

}  // namespace fusebox::views
