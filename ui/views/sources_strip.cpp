#include <fusebox/views/sources_strip.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/theme.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QScrollArea>
#include <QToolButton>

namespace fusebox::views {
namespace {

using domain::SourceState;

constexpr base::Duration kNotableOffset = std::chrono::seconds(1);
constexpr const char* kAgent = "agent";  // the property of a chip that holds its agent's name

QString offsetOf(base::Duration offset) {
    const bool isAhead = offset > base::Duration::zero();
    return (isAhead ? QStringLiteral("+") : QStringLiteral("\u2212")) + format::span(isAhead ? offset : -offset);
}

bool isClockOff(const domain::SourceStanding& standing) {
    return standing.clockOffset && (*standing.clockOffset > kNotableOffset || *standing.clockOffset < -kNotableOffset);
}

QString retryOf(const domain::SourceStanding& standing) {
    if (!standing.retryIn) return QStringLiteral("trying now");
    return QStringLiteral("again in %1").arg(format::countdown(*standing.retryIn));
}

QColor colourOf(SourceState state, const format::Theme& theme) {
    switch (state) {
        case SourceState::connected:
            return theme.text;
        case SourceState::connecting:
            return theme.mutedText;
        case SourceState::stale:
        case SourceState::reconnecting:
            return theme.warning;
        case SourceState::bad:
            return theme.danger;
    }
    return theme.text;
}

}  // namespace

SourcesStrip::SourcesStrip(LiveModels& models, AgentsControl& control, QWidget* parent)
    : QFrame(parent), m_models(models), m_control(control) {
    setAccessibleName(tr("Agents"));
    auto* outer = new QHBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget;
    m_line = new QHBoxLayout(content);
    m_line->setContentsMargins(6, 2, 6, 2);
    m_line->setSpacing(4);
    m_line->addStretch(1);
    area->setWidget(content);
    area->setFixedHeight(fontMetrics().height() + 18);
    outer->addWidget(area);
    hide();
    connect(&m_models, &LiveModels::applied, this, &SourcesStrip::refresh);
}

QString SourcesStrip::textOf(const domain::SourceStanding& standing) {
    QStringList parts{format::SafeText::caption(standing.name, 40)};
    switch (standing.state) {
        case SourceState::connecting:
            parts << QStringLiteral("connecting, ") + retryOf(standing);
            break;
        case SourceState::connected:
            if (standing.role == "viewer") parts << QStringLiteral("only looks");
            break;
        case SourceState::stale:
            parts << QStringLiteral("STALE");
            break;
        case SourceState::reconnecting:
            parts << QStringLiteral("STALE, ") + retryOf(standing);
            break;
        case SourceState::bad:
            parts << QStringLiteral("not usable, ") + retryOf(standing);
            break;
    }
    if (isClockOff(standing)) parts << QStringLiteral("clock %1").arg(offsetOf(*standing.clockOffset));
    if (standing.gaps > 0) {
        parts << format::counted(standing.gaps, QStringLiteral("gap"), QStringLiteral("gaps"));
    }
    return parts.join(QStringLiteral("  "));
}

QString SourcesStrip::detailOf(const domain::SourceStanding& standing) {
    const auto safe = [](const std::string& text) { return format::SafeText::oneLine(text, 300); };
    const auto state = toWord(standing.state);
    QStringList lines;
    lines << QStringLiteral("%1 at %2: %3")
                 .arg(safe(standing.name), safe(standing.url),
                      QString::fromUtf8(state.data(), static_cast<qsizetype>(state.size())));
    if (!standing.why.empty()) lines << safe(standing.why);
    if (!standing.role.empty()) {
        lines << QStringLiteral("It knows you as %1, role %2").arg(safe(standing.actor), safe(standing.role));
    }
    if (!standing.version.empty()) lines << QStringLiteral("Version %1").arg(safe(standing.version));
    lines << QStringLiteral("%1, %2 events/s, %3, reached %4")
                 .arg(format::counted(standing.breakers, QStringLiteral("breaker"), QStringLiteral("breakers")))
                 .arg(standing.eventsPerSecond, 0, 'f', 1)
                 .arg(format::counted(standing.gaps, QStringLiteral("gap"), QStringLiteral("gaps")),
                      format::counted(standing.connections, QStringLiteral("time"), QStringLiteral("times")));
    if (standing.badMessages > 0) {
        lines << format::counted(standing.badMessages, QStringLiteral("message"), QStringLiteral("messages")) +
                     QStringLiteral(" with values that cannot be");
    }
    if (standing.clockOffset) {
        lines << QStringLiteral("Its clock minus ours: %1").arg(offsetOf(*standing.clockOffset));
    }
    return lines.join(QLatin1Char('\n'));
}

void SourcesStrip::refresh() {
    const domain::FrameRef& frame = m_models.frame();
    if (frame == nullptr || frame->sources == m_shown) return;
    m_shown = frame->sources;
    while (m_chips.size() < static_cast<qsizetype>(m_shown.size())) m_chips << addChip();
    while (m_chips.size() > static_cast<qsizetype>(m_shown.size())) m_chips.takeLast()->deleteLater();
    for (std::size_t i = 0; i < m_shown.size(); ++i) showChip(*m_chips[static_cast<qsizetype>(i)], m_shown[i]);
    setVisible(!m_shown.empty());
}

void SourcesStrip::showChip(QToolButton& chip, const domain::SourceStanding& standing) {
    chip.setProperty(kAgent, QString::fromStdString(standing.name));
    const QString text =
        (standing.state == SourceState::connected ? QStringLiteral("\u25cf ") : QStringLiteral("\u25b2 ")) +
        textOf(standing);
    const QString detail = detailOf(standing);
    if (chip.text() != text) chip.setText(text);
    if (chip.accessibleDescription() != detail) {
        chip.setToolTip(format::SafeText::toolTip(detail));
        chip.setAccessibleDescription(detail);
    }
    const QColor colour = colourOf(standing.state, format::Theme::of(palette()));
    if (chip.palette().color(QPalette::ButtonText) == colour) return;
    QPalette colours = palette();
    colours.setColor(QPalette::ButtonText, colour);
    chip.setPalette(colours);
}

QToolButton* SourcesStrip::addChip() {
    auto* chip = new QToolButton;
    chip->setAutoRaise(true);
    chip->setToolButtonStyle(Qt::ToolButtonTextOnly);
    chip->setPopupMode(QToolButton::InstantPopup);
    chip->setMenu(new QMenu(chip));
    connect(chip->menu(), &QMenu::aboutToShow, this, [this, chip] { fillMenu(*chip); });
    m_line->insertWidget(m_line->count() - 1, chip);
    return chip;
}

void SourcesStrip::fillMenu(QToolButton& chip) {
    const QString agent = chip.property(kAgent).toString();
    QMenu& menu = *chip.menu();
    menu.clear();
    menu.addAction(tr("&Connect now"), this, [this, agent] { m_control.retryNow(agent); });
    menu.addAction(tr("C&hange ..."), this, [this, agent] { emit changeWanted(agent); });
    menu.addAction(tr("&Detach and forget"), this, [this, agent] { m_control.forget(agent); });
}

void SourcesStrip::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    for (std::size_t i = 0; i < m_shown.size(); ++i) showChip(*m_chips[static_cast<qsizetype>(i)], m_shown[i]);
}

}  // namespace fusebox::views
