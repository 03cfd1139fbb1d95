#pragma once
// One fact of the facts strip: a gauge or an icon where it helps, and a text that shrinks where room is short.
// Threads: GUI thread only.

#include <fusebox/models/breaker_facts.h>
#include <fusebox/widgets/gauge.h>

#include <QWidget>

#include <optional>

class QLabel;

namespace fusebox::format {
class SafeLabel;
}

namespace fusebox::views {

class FactChip : public QWidget {
    Q_OBJECT
public:
    /// The icon's name may be empty.
    FactChip(const QString& name, const QString& icon, std::optional<widgets::GaugeSense> gauge = {});

    /// Hides itself when the text is empty.
    void setFact(const models::Fact& fact, std::optional<double> share = {});
    void forgetWidth() { m_widest = 0; }

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void tintIcon();

    QString m_iconName;
    QLabel* m_icon = nullptr;
    widgets::Gauge* m_gauge = nullptr;
    format::SafeLabel* m_text;
    int m_widest = 0;
};

}  // namespace fusebox::views
