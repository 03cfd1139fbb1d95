#include <fusebox/command/hold_limit.h>

#include <fusebox/command/rights.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace fusebox::command {

namespace {

using domain::Command;

base::Duration lengthOf(base::Time from, base::Time until) {
    return std::max(until - from, base::Duration::zero());
}

std::string spanText(base::Duration span) {
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(span).count();
    if (minutes < 120) return fmt::format("{} min", minutes);
    return minutes % 60 == 0 ? fmt::format("{} h", minutes / 60)
                             : fmt::format("{} h {} min", minutes / 60, minutes % 60);
}

}  // namespace

std::optional<std::string> HoldLimit::objectionTo(const Command& hold, const std::vector<Aim>& aims,
                                                  const Members& members, base::Time now) {
    for (const Aim& aim : aims) {
        note(aim.breaker, aim.left, now);  // some end by themselves, or without the gate
    }
    if (hold.role >= domain::Role::admin) {
        return std::nullopt;
    }
    for (const Aim& aim : aims) {
        if (std::optional<std::string> objection = objectionToTime(hold, aim, now)) {
            return objection;
        }
    }
    return objectionToNumber(hold, aims, members, now);
}

std::optional<std::string> HoldLimit::objectionToTime(const Command& hold, const Aim& aim, base::Time now) const {
    const base::Duration more = hold.duration.value_or(base::Duration::zero()) - aim.left;
    if (m_limits.perWeek <= base::Duration::zero() || more <= base::Duration::zero()) {
        return std::nullopt;
    }
    const base::Duration held = heldWithinSpan(aim.breaker, now) + std::min(aim.left, kSpan);
    if (held + more <= m_limits.perWeek) {
        return std::nullopt;
    }
    return fmt::format("Holds on {} take {} within 7 days, and operators may make it {}. This one of {} {}",
                       aim.breaker.value, spanText(held), spanText(m_limits.perWeek), spanText(*hold.duration),
                       roleSentence(domain::Role::admin, hold.role));
}

std::optional<std::string> HoldLimit::objectionToNumber(const Command& hold, const std::vector<Aim>& aims,
                                                        const Members& members, base::Time now) const {
    if (m_limits.groupPercent == 0) {
        return std::nullopt;
    }
    std::map<std::string, std::size_t> more;
    for (const Aim& aim : aims) {
        if (!aim.group.empty() && !isOperators(aim.breaker, now)) ++more[aim.group];
    }
    for (const auto& [group, count] : more) {
        const auto known = members.find(group);
        if (known == members.end()) continue;
        const auto held = static_cast<std::size_t>(
            std::ranges::count_if(known->second, [&](const auto& member) { return isOperators(member, now); }));
        const std::size_t most = std::max(m_limits.groupFewest, known->second.size() * m_limits.groupPercent / 100);
        if (held + count > most) {
            return fmt::format("Of the {} breakers of group {} operators hold {}. To hold more than {} at once {}",
                               known->second.size(), group, held, most, roleSentence(domain::Role::admin, hold.role));
        }
    }
    return std::nullopt;
}

void HoldLimit::note(const domain::BreakerId& breaker, base::Duration left, base::Time now, By by) {
    const bool isHeld = left > base::Duration::zero();
    if (!isHeld && !m_books.contains(breaker)) {
        return;
    }
    Book& book = bookOf(breaker, now);
    if (book.open && (!isHeld || book.open->until <= now)) {
        close(book, now);
    }
    if (isHeld) {
        const base::Time until = now + std::min(left, kSpan);
        book.open = Span{book.open ? book.open->from : now, until};
        book.byOperators = book.byOperators || by == By::operators;
    }
}

base::Duration HoldLimit::leftOf(const domain::BreakerId& breaker, base::Time now) const {
    const auto book = m_books.find(breaker);
    return book != m_books.end() && book->second.open ? lengthOf(now, book->second.open->until)
                                                      : base::Duration::zero();
}

base::Duration HoldLimit::heldWithinSpan(const domain::BreakerId& breaker, base::Time now) const {
    const auto book = m_books.find(breaker);
    if (book == m_books.end()) {
        return {};
    }
    base::Duration sum{};
    const auto add = [&](const Span& span) {
        sum += lengthOf(std::max(span.from, now - kSpan), std::min(span.until, now));
    };
    std::ranges::for_each(book->second.past, add);
    if (book->second.open) add(*book->second.open);
    return sum;
}

bool HoldLimit::isOperators(const domain::BreakerId& breaker, base::Time now) const {
    const auto book = m_books.find(breaker);
    return book != m_books.end() && book->second.byOperators && book->second.open && book->second.open->until > now;
}

HoldLimit::Book& HoldLimit::bookOf(const domain::BreakerId& breaker, base::Time now) {
    if (m_books.size() >= kMostBreakers && !m_books.contains(breaker)) {
        const auto quiet = std::ranges::find_if(
            m_books, [&](const auto& known) { return !known.second.open || known.second.open->until <= now; });
        m_books.erase(quiet == m_books.end() ? m_books.begin() : quiet);
    }
    return m_books[breaker];
}

void HoldLimit::close(Book& book, base::Time now) {
    book.past.push_back({book.open->from, std::min(book.open->until, now)});
    book.open.reset();
    book.byOperators = false;
    while (!book.past.empty() && book.past.front().until <= now - kSpan) {
        book.past.pop_front();
    }
    if (book.past.size() > kMostSpans) {
        // As if the older one had ended where the younger began.
        const Span older = book.past.front();
        book.past.pop_front();
        book.past.front().from -= lengthOf(older.from, older.until);
    }
}

}  // namespace fusebox::command
