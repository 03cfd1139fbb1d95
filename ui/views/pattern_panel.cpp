#include <fusebox/views/pattern_panel.h>

#include <fusebox/format/pattern_text.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/views/plain_table.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSplitter>
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

}  // namespace

PatternPanel::PatternPanel(QWidget* parent) : QWidget(parent), m_stack(new QStackedWidget), m_empty(new QLabel) {
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setWordWrap(true);
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(2);
    column->addWidget(makeHead());
    auto* parts = new QSplitter(Qt::Horizontal);
    parts->setChildrenCollapsible(false);
    parts->addWidget(makeSamples());
    parts->addWidget(makePlaces());
    parts->setStretchFactor(0, 5);
    parts->setStretchFactor(1, 4);
    column->addWidget(parts, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(body);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
}

QWidget* PatternPanel::makeHead() {
    m_name = new format::SafeLabel;
    m_name->setAccessibleName(tr("Pattern"));
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_category = new format::SafeLabel;
    m_category->setAccessibleName(tr("Category and evidence"));
    m_handling = new format::SafeLabel;
    m_handling->setAccessibleName(tr("Handled by"));
    m_handling->setForegroundRole(QPalette::PlaceholderText);
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(8, 0, 8, 0);
    column->setSpacing(1);
    for (QWidget* line : {m_name, m_category, m_handling}) column->addWidget(line);
    return head;
}

QWidget* PatternPanel::makeSamples() {
    m_which = new QLabel;
    m_which->setTextFormat(Qt::PlainText);
    m_newer = makeButton(tr("Newer"), tr("The sample after this one"));
    m_older = makeButton(tr("Older"), tr("The sample before this one"));
    connect(m_newer, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_older, &QToolButton::clicked, this, [this] { step(1); });
    m_recovery = makeButton(tr("Recovery"), tr("What can be done about its breaker, and what was done"));
    m_recovery->setObjectName(QStringLiteral("pattern-recovery"));
    connect(m_recovery, &QToolButton::clicked, this, [this] {
        if (!m_pattern || m_pattern->breakers.empty()) return;
        emit actionWanted(m_pattern->breakers.front().breaker,
                          m_pattern->action.value_or(domain::RecoveryAction::none));
    });
    auto* copying = makeButton(tr("Copy"), tr("Copy the pattern with its samples, for a ticket or a chat"));
    copying->setObjectName(QStringLiteral("copy-pattern"));
    copying->setPopupMode(QToolButton::InstantPopup);
    auto* forms = new QMenu(copying);
    forms->addAction(tr("As &text"), this, [this] { copy(Form::text); });
    forms->addAction(tr("As &JSON"), this, [this] { copy(Form::json); });
    copying->setMenu(forms);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(8, 2, 4, 2);
    bar->setSpacing(4);
    bar->addWidget(m_which, 1);
    for (QWidget* button : {m_newer, m_older, m_recovery, copying}) bar->addWidget(button);
    m_sample = new QPlainTextEdit;
    m_sample->setReadOnly(true);
    m_sample->setTabChangesFocus(true);
    m_sample->setFrameShape(QFrame::NoFrame);
    m_sample->document()->setDocumentMargin(8);
    m_sample->setAccessibleName(tr("Sample"));
    auto* panel = new QWidget;
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_sample, 1);
    return panel;
}

QWidget* PatternPanel::makePlaces() {
    m_placesTable = new PlainTable;
    m_placesTable->setAccessibleName(tr("Where it was seen"));
    m_placesTable->setToolTip(tr("Enter goes to the breaker, or opens what was known at the trip"));
    m_placesTable->setModel(&m_places);
    m_placesTable->keepEndOf(models::PatternPlacesModel::Breaker);
    m_placesTable->setColumnSamples({QStringLiteral("Breaker"), QString(), QStringLiteral("14:32:07"),
                                     QStringLiteral("987.6 k"), QStringLiteral("99.9 %")});
    m_placesTable->setEmptyText(tr("No breaker is known to have had it."));
    connect(m_placesTable, &PlainTable::rowOpened, this, &PatternPanel::open);
    return m_placesTable;
}

void PatternPanel::setEmptyText(const QString& text) {
    if (text != m_empty->text()) m_empty->setText(text);
}

void PatternPanel::show(const domain::ErrorPattern* pattern, base::WallTime now) {
    m_stack->setCurrentIndex(pattern == nullptr ? 0 : 1);
    if (pattern == nullptr) {
        m_pattern.reset();
        m_chosen.reset();
        return;
    }
    if (!m_pattern || m_pattern->id != pattern->id) m_chosen.reset();
    m_pattern = *pattern;
    m_name->setForeignText(format::patternName(*pattern));
    m_category->setForeignText(format::categoryText(*pattern));
    m_handling->setForeignText(tr("Handled by: %1").arg(format::handlingText(*pattern)));
    m_places.apply(pattern, now);
    m_recovery->setEnabled(!pattern->breakers.empty());
    showSample();
}

std::size_t PatternPanel::chosenIndex() const {
    const auto& samples = m_pattern->samples;
    const auto found = std::find_if(samples.begin(), samples.end(), [this](const domain::ErrorSample& sample) {
        return m_chosen != nullptr && sample.error == m_chosen;
    });
    return found == samples.end() ? 0 : static_cast<std::size_t>(found - samples.begin());
}

void PatternPanel::showSample() {
    const std::size_t size = m_pattern->samples.size();
    const std::size_t index = chosenIndex();
    m_newer->setEnabled(index > 0);
    m_older->setEnabled(index + 1 < size);
    const QString which = size == 0 ? tr("No sample is kept") : tr("Sample %1 of %2").arg(index + 1).arg(size);
    if (which != m_which->text()) m_which->setText(which);
    const QString text = size == 0 ? QString() : format::sampleText(m_pattern->samples[index]);
    // Setting the same text again would lose what the person has marked in it.
    if (text != m_sample->toPlainText()) m_sample->setPlainText(text);
}

void PatternPanel::step(int by) {
    const auto last = static_cast<std::ptrdiff_t>(m_pattern->samples.size()) - 1;
    const auto wanted = std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(chosenIndex()) + by, 0, last);
    m_chosen = wanted == 0 ? nullptr : m_pattern->samples[static_cast<std::size_t>(wanted)].error;
    showSample();
}

QString PatternPanel::sampleShown() const {
    return m_sample->toPlainText();
}

void PatternPanel::open(const QModelIndex& index) {
    const models::PatternPlace place = m_places.place(index.row());
    if (place.transition) return emit tripWanted(place.breaker, *place.transition);
    emit breakerWanted(place.breaker);
}

void PatternPanel::copy(Form form) const {
    if (!m_pattern) return;
    QGuiApplication::clipboard()->setText(form == Form::text ? format::plainText(*m_pattern)
                                                             : format::jsonText(*m_pattern));
}

}  // namespace fusebox::views
