#include <fusebox/views/breaker_tables.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>
#include <fusebox/views/breaker_patterns.h>
#include <fusebox/views/dossier_panel.h>
#include <fusebox/views/holds_panel.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/views/shadow_panel.h>
#include <fusebox/views/text_dialog.h>

#include <QHBoxLayout>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace fusebox::views {

BreakerTables::BreakerTables(QTabWidget& tabs)
    : QObject(&tabs),
      m_tabs(tabs),
      m_dossiers(new DossierPanel),
      m_patterns(new BreakerPatterns),
      m_holds(new HoldsPanel),
      m_shadow(new ShadowPanel) {
    m_tabs.addTab(m_dossiers, tr("Trips"));
    m_tabs.setTabToolTip(0, tr("Why is it open? Everything that was known at each of the last trips"));
    connect(m_dossiers, &DossierPanel::windowWanted, this, [this] {
        if (const auto shown = m_dossiers->shown()) emit dossierWanted(shown->transition.sequence);
    });
    m_tabs.addTab(m_patterns, tr("Patterns"));
    m_tabs.setTabToolTip(m_tabs.indexOf(m_patterns), tr("Its errors, one line for all that say the same"));
    m_errorsTable =
        addTable(m_errors, tr("Errors"),
                 {QStringLiteral("14:32:07"), QStringLiteral("123.4 ms"), QStringLiteral("ConnectTimeout"),
                  QStringLiteral("sqlite 2067"), QStringLiteral("Rate limit"), QString(), QStringLiteral("ignored")},
                 tr("No errors yet."));
    m_errorsTable->setToolTip(tr("Enter shows the whole error"));
    connect(m_errorsTable, &PlainTable::rowOpened, this, &BreakerTables::openError);
    m_transitionsTable =
        addTable(m_transitions, tr("Transitions"),
                 {QStringLiteral("14:32:07"), QStringLiteral("Half-open"), QStringLiteral("Half-open"), QString()},
                 tr("No transitions yet: it has been closed since it was made."));
    m_transitionsTable->setToolTip(tr("Enter shows why a trip opened it"));
    connect(m_transitionsTable, &PlainTable::rowOpened, this, &BreakerTables::openTransition);
    m_tabs.addTab(m_holds, tr("Holds"));
    addConfiguration();
    m_tabs.addTab(m_shadow, tr("Shadow"));
}

void BreakerTables::addConfiguration() {
    PlainTable* table = makeTable(
        m_config, tr("Configuration"),
        {QStringLiteral("half_open_failure_rate_threshold"), QStringLiteral("tumbling_aligned mm"), QString()},
        tr("The configuration is not known."));
    m_preset = new format::SafeLabel;
    m_preset->setAccessibleName(tr("Preset"));
    m_preset->setForegroundRole(QPalette::PlaceholderText);
    m_edit = new QToolButton;
    m_edit->setText(tr("Edit..."));
    m_edit->setObjectName(QStringLiteral("edit-configuration"));
    m_edit->setToolTip(tr("Change options of the live configuration"));
    m_edit->setFocusPolicy(Qt::StrongFocus);
    connect(m_edit, &QToolButton::clicked, this, &BreakerTables::configureWanted);
    connect(table, &PlainTable::rowOpened, this, &BreakerTables::configureWanted);
    auto* panel = new QWidget;
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 8, 4);
    bar->addWidget(m_preset, 1);
    bar->addWidget(m_edit);
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(table, 1);
    m_tabs.addTab(panel, tr("Configuration"));
}

PlainTable* BreakerTables::makeTable(QAbstractItemModel& model, const QString& name, const QStringList& samples,
                                     const QString& emptyText) {
    auto* table = new PlainTable;
    table->setAccessibleName(name);
    table->setModel(&model);
    table->setColumnSamples(samples);
    table->setEmptyText(emptyText);
    return table;
}

PlainTable* BreakerTables::addTable(QAbstractItemModel& model, const QString& name, const QStringList& samples,
                                    const QString& emptyText) {
    PlainTable* table = makeTable(model, name, samples, emptyText);
    m_tabs.addTab(table, name);
    return table;
}

void BreakerTables::apply(const domain::Snapshot& snapshot) {
    m_dossiers->apply(snapshot);
    m_errors.apply(snapshot);
    m_transitions.apply(snapshot);
    m_holds->apply(snapshot);
    m_config.apply(snapshot);
    m_shadow->apply(snapshot);
    m_edit->setEnabled(m_config.rowCount() > 0);
    const bool named = snapshot.detail != nullptr && !snapshot.detail->preset().empty();
    m_preset->setForeignText(named ? tr("Preset: %1").arg(QString::fromStdString(snapshot.detail->preset()))
                                   : QString());
    showCount(m_dossiers, tr("Trips"), m_dossiers->count());
    showCount(m_errorsTable, tr("Errors"), m_errors.rowCount());
    showCount(m_transitionsTable, tr("Transitions"), m_transitions.rowCount());
    showCount(m_holds, tr("Holds"), m_holds->count());
    showCount(m_shadow, tr("Shadow"), m_shadow->hasReport() ? 1 : 0);
}

void BreakerTables::applyErrors(const domain::FrameRef& frame, const domain::BreakerId& breaker) {
    if (frame != nullptr) m_patterns->apply(*frame, breaker);
}

void BreakerTables::clear() {
    m_dossiers->clear();
    m_errors.clear();
    m_transitions.clear();
    m_holds->clear();
    m_config.clear();
    m_shadow->clear();
}

void BreakerTables::showCount(QWidget* content, const QString& name, int count) {
    const int tab = m_tabs.indexOf(content);
    const QString title = count > 0 ? QStringLiteral("%1 (%2)").arg(name).arg(count) : name;
    if (m_tabs.tabText(tab) != title) m_tabs.setTabText(tab, title);
}

void BreakerTables::openError(const QModelIndex& index) {
    const domain::RecentError& recent = m_errors.error(index.row());
    QString text = QStringLiteral("%1   %2\n\n").arg(format::dateTime(recent.at), format::latency(recent.took));
    for (const domain::Error* error = recent.error.get(); error != nullptr; error = error->cause.get()) {
        if (error != recent.error.get()) text += tr("\n\ncaused by\n\n");
        text += format::SafeText::block(error->text());
    }
    (new TextDialog(tr("Error"), text, &m_tabs))->open();
}

void BreakerTables::openTransition(const QModelIndex& index) {
    const domain::Transition& transition = m_transitions.transition(index.row());
    if (m_dossiers->has(transition.sequence)) return emit dossierWanted(transition.sequence);
    const QString text = QStringLiteral("%1   %2 to %3\n\n%4")
                             .arg(format::dateTime(transition.wall), format::word(transition.from),
                                  format::word(transition.to), format::SafeText::block(transition.text()));
    (new TextDialog(tr("Transition"), text, &m_tabs))->open();
}

}  // namespace fusebox::views
