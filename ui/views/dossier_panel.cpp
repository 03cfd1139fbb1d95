#include <fusebox/views/dossier_panel.h>

#include <fusebox/format/dossier_text.h>
#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/views/dossier_page.h>

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace fusebox::views {
namespace {

QToolButton* makeButton(const QString& text, const QString& tip) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QString entryOf(const domain::Dossier& dossier) {
    return format::clockTime(dossier.transition.wall) + QStringLiteral("   ") +
           format::SafeText::oneLine(dossier.transition.text(), format::SafeText::kNameLimit);
}

}  // namespace

DossierPanel::DossierPanel(QWidget* parent) : QWidget(parent), m_stack(new QStackedWidget) {
    auto* empty =
        new QLabel(tr("It has not tripped by a rule since it was made.\n"
                      "At the next trip everything that was known then is kept here."));
    empty->setAlignment(Qt::AlignCenter);
    empty->setForegroundRole(QPalette::PlaceholderText);
    empty->setWordWrap(true);
    m_page = new DossierPage;
    m_scroll = new QScrollArea;
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setWidget(m_page);
    m_scroll->setAccessibleName(tr("Why is it open?"));
    auto* filled = new QWidget;
    auto* column = new QVBoxLayout(filled);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(m_scroll, 1);
    m_stack->addWidget(empty);
    m_stack->addWidget(filled);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
}

QWidget* DossierPanel::makeBar() {
    m_trips = new QComboBox;
    m_trips->setAccessibleName(tr("Which trip"));
    m_trips->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_trips->setMinimumContentsLength(20);
    connect(m_trips, &QComboBox::currentIndexChanged, this, &DossierPanel::onChosen);
    m_older = makeButton(tr("Older"), tr("The trip before this one"));
    m_newer = makeButton(tr("Newer"), tr("The trip after this one"));
    connect(m_older, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_newer, &QToolButton::clicked, this, [this] { step(-1); });
    auto* copying = makeButton(tr("Copy"), tr("Copy this page, for a ticket or a chat"));
    copying->setPopupMode(QToolButton::InstantPopup);
    auto* forms = new QMenu(copying);
    forms->addAction(tr("As &text"), this, [this] { copy(Form::text); });
    forms->addAction(tr("As &JSON"), this, [this] { copy(Form::json); });
    copying->setMenu(forms);
    m_window = makeButton(tr("Own window"), tr("Show this page in a window of its own"));
    connect(m_window, &QToolButton::clicked, this, &DossierPanel::windowWanted);
    auto* bar = new QWidget;
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(8, 4, 8, 4);
    line->setSpacing(4);
    line->addWidget(m_trips, 1);
    for (QWidget* button : {m_older, m_newer, copying, m_window}) line->addWidget(button);
    return bar;
}

void DossierPanel::hideWindowButton() {
    m_window->hide();
}

void DossierPanel::apply(const domain::Snapshot& snapshot) {
    static const std::vector<std::shared_ptr<const domain::Dossier>> kNone;
    const auto& dossiers = snapshot.detail ? snapshot.detail->dossiers : kNone;
    const bool isSame = snapshot.identity->id == m_breaker &&
                        std::equal(dossiers.begin(), dossiers.end(), m_dossiers.rbegin(), m_dossiers.rend());
    if (isSame) return;
    if (snapshot.identity->id != m_breaker) m_chosen.reset();
    m_breaker = snapshot.identity->id;
    m_name = format::SafeText::oneLine(snapshot.identity->name, format::SafeText::kNameLimit);
    m_dossiers.assign(dossiers.rbegin(), dossiers.rend());
    listTrips();
    showChosen();
}

void DossierPanel::clear() {
    m_breaker = {};
    m_dossiers.clear();
    m_chosen.reset();
    listTrips();
    showChosen();
}

void DossierPanel::listTrips() {
    const QSignalBlocker quiet(m_trips);
    m_trips->clear();
    for (const auto& dossier : m_dossiers) m_trips->addItem(entryOf(*dossier));
}

std::shared_ptr<const domain::Dossier> DossierPanel::shown() const {
    if (m_dossiers.empty()) return nullptr;
    const auto found = std::find_if(m_dossiers.begin(), m_dossiers.end(), [this](const auto& dossier) {
        return m_chosen && dossier->transition.sequence == *m_chosen;
    });
    return found == m_dossiers.end() ? m_dossiers.front() : *found;
}

void DossierPanel::showChosen() {
    const auto dossier = shown();
    m_stack->setCurrentIndex(dossier == nullptr ? 0 : 1);
    if (dossier == nullptr) return;
    const auto place = std::find(m_dossiers.begin(), m_dossiers.end(), dossier) - m_dossiers.begin();
    const QSignalBlocker quiet(m_trips);
    m_trips->setCurrentIndex(static_cast<int>(place));
    m_newer->setEnabled(place > 0);
    m_older->setEnabled(place + 1 < static_cast<std::ptrdiff_t>(m_dossiers.size()));
    m_page->show(dossier);
}

void DossierPanel::onChosen(int index) {
    if (index < 0 || index >= count()) return;
    // Whoever looks at the newest wants to see the next one, too.
    m_chosen =
        index == 0 ? std::nullopt : std::optional(m_dossiers[static_cast<std::size_t>(index)]->transition.sequence);
    showChosen();
    m_scroll->verticalScrollBar()->setValue(0);
}

void DossierPanel::step(int by) {
    m_trips->setCurrentIndex(std::clamp(m_trips->currentIndex() + by, 0, count() - 1));
}

bool DossierPanel::has(std::uint64_t sequence) const {
    return std::any_of(m_dossiers.begin(), m_dossiers.end(),
                       [sequence](const auto& dossier) { return dossier->transition.sequence == sequence; });
}

bool DossierPanel::choose(std::uint64_t sequence) {
    if (!has(sequence)) return false;
    m_chosen = sequence;
    showChosen();
    m_scroll->verticalScrollBar()->setValue(0);
    return true;
}

void DossierPanel::followNewest() {
    m_chosen.reset();
    showChosen();
}

void DossierPanel::copy(Form form) const {
    const auto dossier = shown();
    if (dossier == nullptr) return;
    QGuiApplication::clipboard()->setText(form == Form::text ? format::plainText(m_name, *dossier)
                                                             : format::jsonText(m_name, *dossier));
}

}  // namespace fusebox::views
