#include <fusebox/views/dossier_window.h>

#include <fusebox/format/safe_text.h>
#include <fusebox/views/dossier_panel.h>

#include <QVBoxLayout>

namespace fusebox::views {
namespace {

constexpr QSize kSize{940, 680};

}  // namespace

DossierWindow::DossierWindow(LiveModels& models, const domain::Snapshot& snapshot,
                             std::optional<std::uint64_t> sequence, QWidget* parent)
    : QDialog(parent), m_models(models), m_breaker(snapshot.identity->id), m_panel(new DossierPanel) {
    setAttribute(Qt::WA_DeleteOnClose);
    const QString name = format::SafeText::oneLine(snapshot.identity->name, format::SafeText::kNameLimit);
    setWindowTitle(tr("Why is %1 open?").arg(name));
    resize(kSize);
    m_panel->hideWindowButton();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_panel);
    m_panel->apply(snapshot);
    if (sequence) m_panel->choose(*sequence);
    connect(&models, &LiveModels::applied, this, &DossierWindow::refresh);
}

void DossierWindow::refresh() {
    if (const models::FleetRow* row = m_models.fleet().find(m_breaker)) m_panel->apply(row->snapshot);
}

}  // namespace fusebox::views
