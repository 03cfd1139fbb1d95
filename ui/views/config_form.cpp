#include <fusebox/views/config_form.h>

#include <fusebox/format/safe_text.h>
#include <fusebox/views/config_row.h>
#include <fusebox/widgets/filter_bar.h>

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace fusebox::views {
namespace {

constexpr int kFilterWidth = 250;

/// The options keep the library's order; a section begins with its first option.
struct SectionStart {
    const char* option;
    const char* title;
};
constexpr std::array kSections{
    SectionStart{"failure_rate_threshold", QT_TRANSLATE_NOOP("ConfigForm", "What trips it")},
    SectionStart{"window_kind", QT_TRANSLATE_NOOP("ConfigForm", "The window that the rules look at")},
    SectionStart{"backoff", QT_TRANSLATE_NOOP("ConfigForm", "How long it stays open")},
    SectionStart{"half_open_by", QT_TRANSLATE_NOOP("ConfigForm", "Probing")},
    SectionStart{"ramp_steps", QT_TRANSLATE_NOOP("ConfigForm", "After closing")},
    SectionStart{"monitored_errors", QT_TRANSLATE_NOOP("ConfigForm", "Which errors count")},
    SectionStart{"metrics_window", QT_TRANSLATE_NOOP("ConfigForm", "Measuring")},
};

QString sectionOf(const QString& option) {
    for (const SectionStart& start : kSections) {
        if (option == QLatin1String(start.option)) return QCoreApplication::translate("ConfigForm", start.title);
    }
    return {};
}

}  // namespace

ConfigForm::ConfigForm(models::ConfigDraft& draft, QWidget* parent) : QWidget(parent), m_draft(draft) {
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(makeBar());
    column->addWidget(m_scroll, 1);
    m_scroll->setWidget(makeRows());
    refresh();
}

QWidget* ConfigForm::makeBar() {
    m_preset = new QComboBox;
    m_preset->setAccessibleName(tr("Preset"));
    m_preset->setPlaceholderText(tr("none of them"));
    for (const std::string_view name : breaker::CircuitBreakerConfig::presetNames()) {
        m_preset->addItem(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    }
    m_preset->setToolTip(tr("Sets all options as the preset has them; what differs from live is marked"));
    connect(m_preset, &QComboBox::textActivated, this, &ConfigForm::takePreset);
    auto* caption = new QLabel(tr("&Preset:"));
    caption->setBuddy(m_preset);
    auto* revertAll = new QToolButton;
    revertAll->setText(tr("Revert all"));
    revertAll->setObjectName(QStringLiteral("revert-all"));
    revertAll->setToolTip(tr("Take all live values back"));
    revertAll->setFocusPolicy(Qt::StrongFocus);
    connect(revertAll, &QToolButton::clicked, this, [this] {
        m_draft.revertAll();
        onEdit();
    });
    m_onlyChanged = new QCheckBox(tr("Only &changed"));
    connect(m_onlyChanged, &QCheckBox::toggled, this, &ConfigForm::applyFilter);
    m_filter = new widgets::FilterBar(tr("Filter options"));
    m_filter->setFixedWidth(kFilterWidth);
    connect(m_filter, &widgets::FilterBar::textFilterChanged, this, [this](const QString& words) {
        m_words = words;
        applyFilter();
    });
    auto* bar = new QWidget;
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(caption);
    line->addWidget(m_preset);
    line->addWidget(revertAll);
    line->addStretch(1);
    line->addWidget(m_onlyChanged);
    line->addWidget(m_filter);
    return bar;
}

QWidget* ConfigForm::makeRows() {
    auto* content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 6);
    column->setSpacing(1);
    QFont bold = font();
    bold.setBold(true);
    int nameWidth = 0;
    for (const models::DraftOption& option : m_draft.options()) {
        nameWidth = std::max(nameWidth, QFontMetrics(bold).horizontalAdvance(option.name) + 4);
    }
    for (std::size_t i = 0; i < m_draft.options().size(); ++i) addRow(i, *column, nameWidth);
    column->addStretch(1);
    return content;
}

void ConfigForm::addRow(std::size_t index, QVBoxLayout& column, int nameWidth) {
    const models::DraftOption& option = m_draft.options()[index];
    const QString section = sectionOf(option.name);
    if (!section.isEmpty() || m_sections.empty()) {
        auto* title = new QLabel;
        title->setTextFormat(Qt::PlainText);
        title->setText(section);
        title->setForegroundRole(QPalette::PlaceholderText);
        title->setContentsMargins(10, 8, 0, 2);
        column.addWidget(title);
        m_sections.push_back({title, {}});
    }
    auto* row = new ConfigRow(option, nameWidth);
    connect(row, &ConfigRow::typed, this, [this, index](const QString& text) {
        m_draft.write(index, text);
        onEdit();
    });
    connect(row, &ConfigRow::reverted, this, [this, index] {
        m_draft.revert(index);
        onEdit();
    });
    column.addWidget(row);
    m_rows.push_back(row);
    m_sections.back().rows.push_back(row);
}

void ConfigForm::takePreset(const QString& name) {
    m_draft.takePreset(name);
    onEdit();
}

void ConfigForm::onEdit() {
    refresh();
    emit edited();
}

void ConfigForm::refresh() {
    for (std::size_t i = 0; i < m_rows.size(); ++i) m_rows[i]->show(m_draft.options()[i]);
    showPreset();
    applyFilter();
}

void ConfigForm::showPreset() {
    m_preset->setCurrentIndex(m_preset->findText(m_draft.preset()));
}

void ConfigForm::applyFilter() {
    int shown = 0;
    for (const Section& section : m_sections) {
        bool any = false;
        for (ConfigRow* row : section.rows) {
            // What somebody is typing in does not vanish below the fingers.
            const bool stays = row->field()->hasFocus();
            const bool visible = stays || (row->matches(m_words) && (!m_onlyChanged->isChecked() || row->isChanged()));
            row->setVisible(visible);
            any = any || visible;
            shown += visible ? 1 : 0;
        }
        section.title->setVisible(any);
    }
    m_filter->setCounts(shown, static_cast<int>(m_rows.size()));
}

void ConfigForm::focusFilter() {
    m_filter->focusLine();
}

ConfigRow* ConfigForm::row(const QString& option) const {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_draft.options()[i].name == option) return m_rows[i];
    }
    return nullptr;
}

}  // namespace fusebox::views
