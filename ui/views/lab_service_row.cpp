#include <fusebox/views/lab_service_row.h>

#include <fusebox/format/safe_label.h>
#include <fusebox/format/safe_text.h>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace fusebox::views {
namespace {

constexpr double kMostCallsPerSecond = 500;
constexpr int kMostLatencyMs = 10'000;
constexpr int kMostSeconds = 600;
constexpr int kWidestName = 160;

QString wordOf(LabAnswer answer) {
    switch (answer) {
        case LabAnswer::healthy:
            return LabServiceRow::tr("Healthy");
        case LabAnswer::rateLimited:
            return LabServiceRow::tr("429 too many requests");
        case LabAnswer::unauthorized:
            return LabServiceRow::tr("401 login refused");
        case LabAnswer::wrongBody:
            return LabServiceRow::tr("Wrong body");
        case LabAnswer::refuse:
            return LabServiceRow::tr("Refuses connections");
        case LabAnswer::hang:
            return LabServiceRow::tr("Hangs");
    }
    return {};
}

void nameControl(QWidget& control, const QString& what, const QString& service) {
    control.setAccessibleName(LabServiceRow::tr("%1 of %2").arg(what, service));
    control.setFocusPolicy(Qt::StrongFocus);  // the wheel scrolls the panel, it does not change a value in passing
}

QSpinBox* makeSpinBox(int most, int step, const QString& suffix) {
    auto* box = new QSpinBox;
    box->setRange(0, most);
    box->setSingleStep(step);
    box->setSuffix(suffix);
    box->setKeyboardTracking(false);
    box->setAlignment(Qt::AlignRight);
    return box;
}

template <typename Box, typename Value>
void showValue(Box* box, Value value) {
    if (box->hasFocus()) return;
    const QSignalBlocker quiet(box);
    box->setValue(value);
}

}  // namespace

QStringList LabServiceRow::columnTitles() {
    return {tr("Service"),     tr("Traffic"),     tr("Answers"),       tr("Added latency"),
            tr("Error share"), tr("Retry-After"), tr("Recovers over"), QString()};
}

LabServiceRow::LabServiceRow(LabControl& control, const LabService& first, QGridLayout& grid, int line)
    : QObject(grid.parentWidget()), m_control(control), m_name(first.name) {
    addName(first, grid, line);
    addFaultControls(first, grid, line);
    show(first);
}

void LabServiceRow::addName(const LabService& first, QGridLayout& grid, int line) {
    auto* label = new format::SafeLabel;
    label->setForeignText(first.name);
    label->setMinimumWidth(std::min(label->sizeHint().width(), kWidestName));
    label->setToolTip(format::SafeText::toolTip(first.kind + "  " + first.address));
    grid.addWidget(label, line, service);

    m_traffic = new QDoubleSpinBox;
    m_traffic->setRange(0, kMostCallsPerSecond);
    m_traffic->setDecimals(1);
    m_traffic->setSuffix(tr(" calls/s"));
    m_traffic->setKeyboardTracking(false);
    m_traffic->setAlignment(Qt::AlignRight);
    nameControl(*m_traffic, tr("Traffic"), label->fullText());
    grid.addWidget(m_traffic, line, traffic);
    connect(m_traffic, &QDoubleSpinBox::valueChanged, this,
            [this](double value) { m_control.setCallsPerSecond(m_name, value); });
}

void LabServiceRow::addFaultControls(const LabService& first, QGridLayout& grid, int line) {
    const QString name = format::SafeText::oneLine(first.name, format::SafeText::kNameLimit);
    m_answer = new QComboBox;
    for (const LabAnswer each : first.answers) m_answer->addItem(wordOf(each), static_cast<int>(each));
    nameControl(*m_answer, tr("Answer"), name);
    grid.addWidget(m_answer, line, answer);
    connect(m_answer, &QComboBox::activated, this, &LabServiceRow::sendFaults);

    m_latency = makeSpinBox(kMostLatencyMs, 100, tr(" ms"));
    m_errors = makeSpinBox(100, 10, tr(" %"));
    m_retryAfter = makeSpinBox(kMostSeconds, 1, tr(" s"));
    m_recovery = makeSpinBox(kMostSeconds, 5, tr(" s"));
    const std::array<std::tuple<QSpinBox*, Column, QString>, 4> boxes{{{m_latency, latency, tr("Added latency")},
                                                                       {m_errors, errors, tr("Error share")},
                                                                       {m_retryAfter, retryAfter, tr("Retry-After")},
                                                                       {m_recovery, recovery, tr("Recovery time")}}};
    for (const auto& [box, column, what] : boxes) {
        nameControl(*box, what, name);
        grid.addWidget(box, line, column);
        connect(box, &QSpinBox::valueChanged, this, &LabServiceRow::sendFaults);
    }
    m_heal = new QPushButton(tr("Heal"));
    m_heal->setAccessibleName(tr("Heal %1").arg(name));
    m_heal->setToolTip(tr("Take all faults of this service away"));
    grid.addWidget(m_heal, line, heal);
    connect(m_heal, &QPushButton::clicked, this, [this] {
        LabFaults healthy;
        healthy.slowRecovery = faultsShown().slowRecovery;
        m_control.setFaults(m_name, healthy);
    });
}

void LabServiceRow::show(const LabService& now) {
    showValue(m_traffic, now.callsPerSecond);
    if (!m_answer->hasFocus()) m_answer->setCurrentIndex(m_answer->findData(static_cast<int>(now.faults.answer)));
    showValue(m_latency, static_cast<int>(now.faults.latency.count()));
    showValue(m_errors, static_cast<int>(std::lround(now.faults.errorShare * 100)));
    showValue(m_retryAfter, static_cast<int>(now.faults.retryAfter.count()));
    showValue(m_recovery, static_cast<int>(now.faults.slowRecovery.count()));
    m_retryAfter->setEnabled(faultsShown().answer == LabAnswer::rateLimited);
    const LabFaults& faults = now.faults;
    m_heal->setEnabled(faults.answer != LabAnswer::healthy || faults.latency.count() > 0 || faults.errorShare > 0);
}

void LabServiceRow::sendFaults() {
    m_retryAfter->setEnabled(faultsShown().answer == LabAnswer::rateLimited);
    m_control.setFaults(m_name, faultsShown());
}

LabFaults LabServiceRow::faultsShown() const {
    LabFaults faults;
    faults.answer = static_cast<LabAnswer>(m_answer->currentData().toInt());
    faults.latency = std::chrono::milliseconds(m_latency->value());
    faults.errorShare = m_errors->value() / 100.0;
    faults.retryAfter = std::chrono::seconds(m_retryAfter->value());
    faults.slowRecovery = std::chrono::seconds(m_recovery->value());
    return faults;
}

}  // namespace fusebox::views
