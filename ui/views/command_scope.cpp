#include <fusebox/views/command_scope.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace fusebox::views {
namespace {

constexpr std::size_t kMostNamed = 40;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CommandScope)
};

}  // namespace

QString CommandScope::name() const {
    using format::SafeText::oneLine;
    if (!group.empty()) return Words::tr("group %1").arg(oneLine(group, format::SafeText::kNameLimit));
    if (breakers.size() == 1) return oneLine(breakers.front().value, format::SafeText::kNameLimit);
    return format::counted(breakers.size(), Words::tr("breaker"), Words::tr("breakers"));
}

QString CommandScope::names() const {
    QStringList all;
    for (std::size_t i = 0; i < std::min(breakers.size(), kMostNamed); ++i) {
        all << format::SafeText::oneLine(breakers[i].value, 60);
    }
    if (breakers.size() > kMostNamed) all << Words::tr("and %1 more").arg(breakers.size() - kMostNamed);
    return all.join(QStringLiteral(", "));
}

std::vector<intent::Aim> CommandScope::aims(const LiveModels& models) const {
    std::vector<intent::Aim> all;
    for (const domain::BreakerId& id : breakers) {
        const models::FleetRow* row = models.fleet().find(id);
        if (row == nullptr) {
            all.push_back({id, nullptr, {}});
        } else {
            all.push_back({id, &row->snapshot, row->callsPerSecond});
        }
    }
    return all;
}

}  // namespace fusebox::views
