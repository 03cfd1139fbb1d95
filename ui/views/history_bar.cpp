#include <fusebox/views/history_bar.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>
#include <fusebox/views/choice_box.h>
#include <fusebox/widgets/filter_bar.h>

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace fusebox::views {
namespace {

using namespace std::chrono_literals;

constexpr int kTextWidth = 280;
constexpr int kPlaceWidth = 200;
constexpr std::array kKinds{domain::EventKind::transition,     domain::EventKind::command,
                            domain::EventKind::holdPlaced,     domain::EventKind::holdReleased,
                            domain::EventKind::holdExpired,    domain::EventKind::recoveryAction,
                            domain::EventKind::errorPattern,   domain::EventKind::breakerAdded,
                            domain::EventKind::breakerRemoved, domain::EventKind::notice};

struct Span {
    const char* name;
    std::chrono::minutes length;
};

constexpr std::array kSpans{Span{"15 min", 15min}, Span{"1 h", 60min},     Span{"6 h", 360min},
                            Span{"1 d", 1440min},  Span{"7 d", 10'080min}, Span{"30 d", 43'200min}};

/// Puts these names behind the first entry and keeps what was chosen.
void fillChoice(QComboBox& box, std::vector<std::string>& known, std::vector<std::string> names) {
    const int index = box.currentIndex() - 1;
    const std::string chosen = index < 0 ? std::string() : known[static_cast<std::size_t>(index)];
    const bool isKnown = chosen.empty() || std::find(names.begin(), names.end(), chosen) != names.end();
    if (!isKnown) names.push_back(chosen);
    if (names == known || box.view()->isVisible()) return;
    const QSignalBlocker quiet(box);
    known = std::move(names);
    while (box.count() > 1) box.removeItem(box.count() - 1);
    for (const std::string& name : known) {
        box.addItem(format::SafeText::oneLine(name, format::SafeText::kNameLimit));
        if (name == chosen) box.setCurrentIndex(box.count() - 1);
    }
}

}  // namespace

HistoryBar::HistoryBar(QWidget* parent)
    : QWidget(parent), m_text(new widgets::FilterBar(tr("Search the text of events"))) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 4, 8, 4);
    column->setSpacing(4);
    column->addWidget(makeFilters());
    column->addWidget(makeTime());
}

QWidget* HistoryBar::makeFilters() {
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    m_text->setFixedWidth(kTextWidth);
    connect(m_text, &widgets::FilterBar::textFilterChanged, this, &HistoryBar::filterChanged);
    m_breaker = addChoice(tr("Breaker"), {tr("All breakers")}, 190);
    m_actor = addChoice(tr("Who"), {tr("Anybody")}, 140);
    QStringList kinds{tr("All kinds")};
    for (const domain::EventKind kind : kKinds) kinds << format::word(kind);
    m_kind = addChoice(tr("Kind"), kinds, 150);
    m_counts = new QLabel;
    m_counts->setTextFormat(Qt::PlainText);
    m_counts->setForegroundRole(QPalette::PlaceholderText);
    m_note = addButton(tr("Note..."), QStringLiteral("history-note"),
                       tr("Write down something about a moment, for all who look at it later"));
    m_export =
        addButton(tr("Export"), QStringLiteral("history-export"), tr("Write the events that are shown to a file"));
    m_export->setPopupMode(QToolButton::InstantPopup);
    auto* forms = new QMenu(m_export);
    forms->addAction(tr("As &CSV..."), this, [this] { emit exportWanted(feed::ExportForm::csv); });
    forms->addAction(tr("As &JSON lines..."), this, [this] { emit exportWanted(feed::ExportForm::jsonLines); });
    m_export->setMenu(forms);
    m_cancel = addButton(tr("Cancel export"), QStringLiteral("history-cancel"), tr("Stop writing and leave no file"));
    m_cancel->hide();
    connect(m_note, &QToolButton::clicked, this, &HistoryBar::noteWanted);
    connect(m_cancel, &QToolButton::clicked, this, &HistoryBar::exportCancelled);
    for (QWidget* part : std::initializer_list<QWidget*>{m_text, m_breaker, m_actor, m_kind, m_counts}) {
        line->addWidget(part);
    }
    line->addStretch(1);
    for (QToolButton* button : {m_note, m_export, m_cancel}) line->addWidget(button);
    return row;
}

QWidget* HistoryBar::makeTime() {
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2);
    for (const Span& span : kSpans) {
        QToolButton* button = addButton(QLatin1String(span.name), QStringLiteral("span-%1").arg(span.length.count()),
                                        tr("The last %1").arg(QLatin1String(span.name)));
        connect(button, &QToolButton::clicked, this, [this, length = span.length] { emit spanWanted(length); });
        line->addWidget(button);
    }
    m_now = addButton(tr("Now"), QStringLiteral("history-now"), tr("Go to the end and stay there while time goes on"));
    m_now->setCheckable(true);
    connect(m_now, &QToolButton::clicked, this, &HistoryBar::nowWanted);
    line->addSpacing(6);
    line->addWidget(m_now);
    line->addSpacing(10);
    m_window = new QLabel;
    m_window->setTextFormat(Qt::PlainText);
    m_window->setAccessibleName(tr("Time that is shown"));
    line->addWidget(m_window);
    auto* hint = new format::SafeLabel;
    hint->setForeignText(
        tr("Wheel: zoom   drag: move   click: figures of a breaker   double click: only this breaker"));
    hint->setForegroundRole(QPalette::PlaceholderText);
    hint->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    line->addWidget(hint, 1);
    line->addSpacing(6);
    m_place = makeChoiceBox(tr("Whose journal is read"), {tr("Journal of this console")}, kPlaceWidth);
    m_place->setObjectName(QStringLiteral("history-place"));
    m_place->hide();
    connect(m_place, &QComboBox::activated, this, &HistoryBar::placeChosen);
    line->addWidget(m_place);
    return row;
}

QComboBox* HistoryBar::addChoice(const QString& name, const QStringList& entries, int width) {
    QComboBox* box = makeChoiceBox(name, entries, width);
    connect(box, &QComboBox::currentIndexChanged, this, &HistoryBar::filterChanged);
    return box;
}

QToolButton* HistoryBar::addButton(const QString& text, const QString& name, const QString& tip) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setObjectName(name);
    button->setToolTip(tip);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void HistoryBar::offer(const feed::HistoryNames& names) {
    std::vector<std::string> breakers;
    for (const domain::BreakerId& breaker : names.breakers) breakers.push_back(breaker.value);
    fillChoice(*m_breaker, m_breakers, std::move(breakers));
    std::vector<std::string> actors = names.actors;
    std::erase(actors, std::string());
    fillChoice(*m_actor, m_actors, std::move(actors));
}

domain::BreakerId HistoryBar::breaker() const {
    const int index = m_breaker->currentIndex() - 1;
    return index < 0 ? domain::BreakerId() : domain::BreakerId(m_breakers[static_cast<std::size_t>(index)]);
}

void HistoryBar::fill(journal::EventQuery& query) const {
    query.text = m_text->text().trimmed().toStdString();
    query.breaker = breaker();
    const int actor = m_actor->currentIndex() - 1;
    query.actor = actor < 0 ? std::string() : m_actors[static_cast<std::size_t>(actor)];
    const int kind = m_kind->currentIndex() - 1;
    query.kinds.clear();
    if (kind >= 0) query.kinds.push_back(kKinds[static_cast<std::size_t>(kind)]);
}

void HistoryBar::chooseBreaker(const domain::BreakerId& breaker) {
    auto place = std::find(m_breakers.begin(), m_breakers.end(), breaker.value);
    if (place == m_breakers.end() && !breaker.value.empty()) {
        m_breaker->addItem(format::SafeText::oneLine(breaker.value, format::SafeText::kNameLimit));
        place = m_breakers.insert(m_breakers.end(), breaker.value);
    }
    m_breaker->setCurrentIndex(breaker.value.empty() ? 0 : static_cast<int>(place - m_breakers.begin()) + 1);
}

void HistoryBar::clear() {
    m_text->clear();
    for (QComboBox* box : {m_breaker, m_actor, m_kind}) box->setCurrentIndex(0);
}

void HistoryBar::offerPlaces(const std::vector<std::string>& agents) {
    const std::string chosen = place();
    m_places = agents;
    while (m_place->count() > 1) m_place->removeItem(m_place->count() - 1);
    for (const std::string& agent : m_places) {
        m_place->addItem(tr("Journal of %1").arg(format::SafeText::oneLine(agent, format::SafeText::kNameLimit)));
    }
    m_place->setVisible(!m_places.empty());
    choosePlace(chosen);
}

void HistoryBar::choosePlace(const std::string& agent) {
    const auto found = std::find(m_places.begin(), m_places.end(), agent);
    m_place->setCurrentIndex(found == m_places.end() ? 0 : static_cast<int>(found - m_places.begin()) + 1);
}

std::string HistoryBar::place() const {
    const auto index = static_cast<std::size_t>(std::max(m_place->currentIndex(), 0));
    return index == 0 || index > m_places.size() ? std::string() : m_places[index - 1];
}

void HistoryBar::focusLine() {
    m_text->focusLine();
}

void HistoryBar::showWindow(const charts::HistoryWindow& window, bool follows) {
    m_now->setChecked(follows);
    const QString from = format::dateTime(window.from).left(19);
    const QString to = format::dateTime(window.to).left(19);
    const bool sameDay = from.left(10) == to.left(10);
    const QString text = tr("%1 to %2   (%3)")
                             .arg(from, sameDay ? to.mid(11) : to,
                                  format::span(std::chrono::round<std::chrono::seconds>(window.span())));
    if (text != m_window->text()) m_window->setText(text);
}

void HistoryBar::setCounts(int shown, bool more) {
    const QString count = format::counted(static_cast<std::uint64_t>(shown), tr("event"), tr("events"));
    m_counts->setText(more ? tr("the newest %1, more below").arg(count) : count);
}

void HistoryBar::setNotesPossible(bool possible) {
    m_note->setEnabled(possible);
}

void HistoryBar::setExporting(bool exporting) {
    m_export->setVisible(!exporting);
    m_cancel->setVisible(exporting);
}

}  // namespace fusebox::views
