#pragma once
// Ctrl+C and a polite kill close the window as its close button does: the layout is remembered, threads are joined.
// Threads: made and destroyed on the GUI thread; the signals may arrive on any.
// Limits: one at a time.

#include <QObject>
#include <QSocketNotifier>

#include <array>
#include <memory>

namespace fusebox::console {

class QuitOnSignal : public QObject {
    Q_OBJECT
public:
    explicit QuitOnSignal(QObject* parent = nullptr);
    ~QuitOnSignal() override;

signals:
    void asked();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

}  // namespace fusebox::console
