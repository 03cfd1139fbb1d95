#pragma once
// All options of a configuration as fields, in sections, checked with every key. Filtered by words, or to what was
// changed.
// Threads: GUI thread only.
// Lifetime: the draft outlives it.

#include <fusebox/models/config_draft.h>

#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace fusebox::widgets {
class FilterBar;
}

namespace fusebox::views {

class ConfigRow;

class ConfigForm : public QWidget {
    Q_OBJECT
public:
    explicit ConfigForm(models::ConfigDraft& draft, QWidget* parent = nullptr);

    /// The draft was changed from outside.
    void refresh();
    void focusFilter();
    /// nullptr: there is no such option.
    [[nodiscard]] ConfigRow* row(const QString& option) const;

signals:
    void edited();

private:
    struct Section {
        QLabel* title = nullptr;
        std::vector<ConfigRow*> rows;
    };

    QWidget* makeBar();
    QWidget* makeRows();
    void addRow(std::size_t index, QVBoxLayout& column, int nameWidth);
    void takePreset(const QString& name);
    void applyFilter();
    void showPreset();
    void onEdit();

    models::ConfigDraft& m_draft;
    QComboBox* m_preset = nullptr;
    widgets::FilterBar* m_filter = nullptr;
    QCheckBox* m_onlyChanged = nullptr;
    QScrollArea* m_scroll = nullptr;
    std::vector<ConfigRow*> m_rows;
    std::vector<Section> m_sections;
    QString m_words;
};

}  // namespace fusebox::views
