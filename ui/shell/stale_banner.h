#pragma once
// A bar across the window that says that the figures below are old. Hidden while they are fresh.

#include <QFrame>

class QLabel;

namespace fusebox::shell {

class StaleBanner : public QFrame {
    Q_OBJECT
public:
    explicit StaleBanner(QWidget* parent = nullptr);

    /// The time of the last data, as text.
    void showSince(const QString& lastData);

protected:
    void changeEvent(QEvent* event) override;

private:
    void tint();

    QLabel* m_text;
};

}  // namespace fusebox::shell
