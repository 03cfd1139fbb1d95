#pragma once
// A label for foreign text: always plain, cut to its width with "…", the whole text as its tooltip when it is cut.
// A screen reader is told the whole text: as the label's name, or as its description where its owner gave it a name.

#include <QLabel>
#include <QString>

#include <string_view>

namespace fusebox::format {

class SafeLabel final : public QLabel {
    Q_OBJECT

public:
    explicit SafeLabel(QWidget* parent = nullptr);

    /// Shows the text as SafeText::oneLine and remembers it for elision.
    void setForeignText(std::string_view utf8);
    void setForeignText(const QString& text);

    /// The whole text as it is shown when there is room.
    [[nodiscard]] QString fullText() const { return m_full; }

    void setElideMode(Qt::TextElideMode mode);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void elide();

    QString m_full;
    QString m_nameByText;  ///< the accessible name while nobody gave another
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

}  // namespace fusebox::format
