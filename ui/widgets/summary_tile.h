#pragma once
// A large figure with its caption, for the strip above the table; as a filter it can be pressed in.
// Threads: GUI thread.

#include <fusebox/format/state_look.h>

#include <QAbstractButton>

#include <optional>

namespace fusebox::widgets {

class SummaryTile : public QAbstractButton {
    Q_OBJECT

public:
    enum class Role { figure, filter };

    explicit SummaryTile(const QString& caption, Role role = Role::figure, QWidget* parent = nullptr);

    /// The mark drawn before the caption.
    void setLook(const format::StateLook& look);

    void setFigure(const QString& figure);
    [[nodiscard]] const QString& figure() const { return m_figure; }
    [[nodiscard]] const QString& caption() const { return m_caption; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QFont figureFont() const;

    QString m_caption;
    QString m_figure;
    std::optional<format::StateLook> m_look;
};

}  // namespace fusebox::widgets
