#include <fusebox/handling/error_handler.h>

#include <fusebox/breaker/recovery_strategy.h>
#include <fusebox/handling/classified_error.h>
#include <fusebox/handling/duration_text.h>

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <chrono>

namespace fusebox::handling {

namespace {

// relaxed throughout: each counter and each strategy is one word that stands for itself.
constexpr auto kAlone = std::memory_order_relaxed;

/// The waits of a breaker serve between attempts as well.
breaker::CircuitBreakerConfig waitsOf(const RetryRules& retry) {
    breaker::CircuitBreakerConfig config;
    config.backoff = breaker::Backoff::exponential;
    config.openTimeout = retry.baseDelay;
    config.maxBackoff = retry.maxDelay;
    config.backoffMultiplier = retry.multiplier;
    config.jitter = retry.jitter;
    return config;
}

void count(std::atomic<std::uint64_t>& counter) {
    counter.fetch_add(1, kAlone);
}

}  // namespace

base::Result<std::shared_ptr<ErrorHandler>> ErrorHandler::create(Parts parts, Policy policy, const base::Clock& clock) {
    assert(parts.breaker && parts.classifier);
    if (auto sound = check(policy); !sound) return tl::unexpected(std::move(sound.error()));
    if (!parts.budget) parts.budget = std::make_shared<RetryBudget>(policy.retry.budget, clock);
    if (!parts.fallbacks) parts.fallbacks = std::make_shared<FallbackManager>(policy.cache, clock);
    if (!parts.waiter) parts.waiter = std::make_shared<BlockingWaiter>();
    return std::shared_ptr<ErrorHandler>(new ErrorHandler(std::move(parts), policy, clock));
}

ErrorHandler::ErrorHandler(Parts parts, Policy policy, const base::Clock& clock)
    : m_parts(std::move(parts)),
      m_policy(policy),
      m_clock(clock),
      // Another seed for each handler: they must not wait in step.
      m_random(static_cast<std::uint64_t>(clock.now().time_since_epoch().count()) +
               std::hash<std::string>{}(m_parts.breaker->identity().id.value)) {
    for (std::size_t i = 0; i < m_strategies.size(); ++i) m_strategies[i].store(m_policy.strategies[i], kAlone);
}

domain::Strategy ErrorHandler::strategy(domain::Category category) const noexcept {
    return m_strategies[static_cast<std::size_t>(category)].load(kAlone);
}

base::Result<void> ErrorHandler::setStrategy(domain::Category category, domain::Strategy strategy) {
    const auto refuse = [](std::string why) { return base::trouble(base::TroubleCode::conflict, std::move(why)); };
    if (strategy == domain::Strategy::fallbackToDefault && !m_parts.fallbacks->hasDefaults()) {
        return refuse("FALLBACK_TO_DEFAULT gives nothing here: this dependency has no default value.");
    }
    if (strategy == domain::Strategy::gracefulDegradation && m_parts.reducedForm == ReducedForm::absent) {
        return refuse("GRACEFUL_DEGRADATION gives nothing here: this dependency has no reduced form.");
    }
    if (strategy == domain::Strategy::fallbackToCache && !m_parts.fallbacks->keepsValues()) {
        return refuse("FALLBACK_TO_CACHE gives nothing here: this dependency keeps no values.");
    }
    m_strategies[static_cast<std::size_t>(category)].store(strategy, kAlone);
    return {};
}

std::optional<breaker::Permit> ErrorHandler::begin(Course& course) {
    if (course.context.stop.stop_requested()) {
        course.stopped = true;
        return std::nullopt;
    }
    breaker::Acquired acquired = m_parts.breaker->tryAcquire();
    if (acquired) {
        ++course.attempts;
        course.attempts == 1 ? m_parts.budget->noteCall() : count(m_retries);
        return std::move(acquired).permit();
    }
    course.refusal = acquired.refusal();
    useLastResort(course, "the breaker refused");
    return std::nullopt;
}

Attempt ErrorHandler::attemptOf(const Course& course) const {
    const base::Duration whole = course.context.deadline.value_or(m_policy.retry.deadline);
    // The first attempt begins with the call: there is no need to read the clock.
    const base::Duration gone = course.attempts <= 1 && !course.error ? base::Duration{} : m_clock.now() - course.begin;
    return {course.attempts, std::max(whole - gone, base::Duration{}), course.context.stop};
}

ErrorHandler::Next ErrorHandler::failed(Course& course, breaker::Permit permit, const domain::ErrorRef& error) {
    if (course.context.stop.stop_requested()) {
        permit.cancel();  // the caller gave it up: no word about the dependency
        course.stopped = true;
        course.error = error;
        return Next::giveUp;
    }
    course.error = classified(*m_parts.classifier, *error, course.context.about);
    permit.failure(course.error);
    course.way = strategy(course.error->category.value_or(domain::Category::unknown));
    if (m_parts.noteError) m_parts.noteError(course.error, course.way);
    if (course.way == domain::Strategy::retryWithBackoff) return waitForRetry(course);
    if (course.way == domain::Strategy::circuitBreaker) tripFor(course);
    return Next::giveUp;
}

ErrorHandler::Next ErrorHandler::waitForRetry(Course& course) {
    const base::Duration wait = nextWait(course);
    if (auto objection = objectionToRetry(course, wait)) {
        useLastResort(course, std::move(*objection));
        return Next::giveUp;
    }
    course.lastWait = wait;
    if (m_parts.waiter->wait(wait, course.context.stop) == WaitEnd::stopped) {
        course.stopped = true;
        return Next::giveUp;
    }
    return Next::tryAgain;
}

std::optional<std::string> ErrorHandler::objectionToRetry(const Course& course, base::Duration wait) {
    const RetryRules& retry = m_policy.retry;
    const bool repeats =
        course.context.repeat == Repeat::allowed || (course.context.repeat == Repeat::asConfigured && retry.idempotent);
    if (!repeats) return "it is not retried: running it twice may do harm";
    if (course.attempts >= retry.attempts) {
        return fmt::format("{} {} made", course.attempts, course.attempts == 1 ? "attempt was" : "attempts were");
    }
    if (const auto& after = course.error->retryAfter; after && *after > retry.retryAfterCap) {
        return fmt::format("it may be retried only after {}", durationText(*after));
    }
    const base::Duration whole = course.context.deadline.value_or(retry.deadline);
    if (m_clock.now() - course.begin + wait >= whole) {
        return fmt::format("the deadline of {} leaves no time for another attempt", durationText(whole));
    }
    if (m_parts.breaker->state() == domain::State::open && !m_parts.breaker->wantsProbe()) {
        return "the breaker is OPEN";  // waiting would only hold the caller up
    }
    if (!m_parts.budget->withdraw()) {
        count(m_retriesRefused);
        return "the retry budget is spent";
    }
    return std::nullopt;
}

base::Duration ErrorHandler::nextWait(const Course& course) {
    breaker::OpenSituation situation;
    situation.attempt = course.attempts;
    situation.previousWait = course.lastWait;
    situation.random = random();
    const base::Duration wait = breaker::makeRecoveryStrategy(waitsOf(m_policy.retry))->openWait(situation);
    return std::max(wait, base::Duration(course.error->retryAfter.value_or(std::chrono::milliseconds(0))));
}

void ErrorHandler::tripFor(Course& course) {
    // A hold may forbid it; then the operator's word counts, and the error is but counted.
    if (const auto tripped = m_parts.breaker->trip("error handling", "CIRCUIT_BREAKER for " + course.error->text())) {
        course.why = "the breaker was opened for it";
    }
}

void ErrorHandler::useLastResort(Course& course, std::string why) {
    course.way = m_policy.lastResort;
    course.why = std::move(why);
}

void ErrorHandler::noteServed(domain::Served from, std::optional<base::Duration> age) {
    switch (from) {
        case domain::Served::cache:
            count(m_fromCache);
            m_serving.note(from, m_clock.now() - age.value_or(base::Duration{}));
            return;
        case domain::Served::defaultValue:
            count(m_fromDefault);
            break;
        case domain::Served::reduced:
            count(m_reduced);
            break;
        case domain::Served::nothing:
            count(m_failed);
            break;
        case domain::Served::live:
            break;
    }
    m_serving.note(from);
}

Unanswered ErrorHandler::unanswered(Course& course) {
    Unanswered none{.how = Unserved::failed,
                    .error = course.error,
                    .refusal = course.refusal,
                    .attempts = course.attempts,
                    .why = std::move(course.why)};
    if (course.stopped) {
        none.how = Unserved::stopped;
        if (!none.error) {
            domain::Error stopped;
            stopped.type = "Cancelled";
            stopped.message = "the call was given up before it was made";
            none.error = std::make_shared<const domain::Error>(std::move(stopped));
        }
        return none;  // nobody waits for an answer
    }
    if (!none.error) {
        none.how = Unserved::refused;
        none.error = refusalAsError(*course.refusal);
    }
    noteServed(domain::Served::nothing, {});
    return none;
}

domain::ErrorRef ErrorHandler::refusalAsError(const breaker::Refusal& refusal) const {
    domain::Error error;
    error.type = "CallRefused";
    error.message = fmt::format("the breaker of {} refuses calls: {}", m_parts.breaker->identity().name,
                                breaker::toWord(refusal.reason));
    error.category = domain::Category::transient;
    if (refusal.untilProbe > base::Duration::zero()) {
        error.retryAfter = std::chrono::ceil<std::chrono::milliseconds>(refusal.untilProbe);
    }
    return std::make_shared<const domain::Error>(std::move(error));
}

double ErrorHandler::random() noexcept {
    // SplitMix64: its state is a counter, so that many threads may draw.
    std::uint64_t x = m_random.fetch_add(0x9e3779b97f4a7c15, kAlone) + 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    x ^= x >> 31;
    return static_cast<double>(x >> 11) * 0x1p-53;
}

domain::HandlingStanding ErrorHandler::standing() const {
    domain::HandlingStanding standing;
    standing.breaker = m_parts.breaker->identity().id;
    for (std::size_t i = 0; i < m_strategies.size(); ++i) standing.strategies[i] = m_strategies[i].load(kAlone);
    const Serving::Last last = m_serving.last();
    standing.serving = last.served;
    if (last.since) standing.age = std::max(m_clock.now() - *last.since, base::Duration{});
    standing.retries = m_retries.load(kAlone);
    standing.retriesRefused = m_retriesRefused.load(kAlone);
    standing.fromCache = m_fromCache.load(kAlone);
    standing.fromDefault = m_fromDefault.load(kAlone);
    standing.reduced = m_reduced.load(kAlone);
    standing.failed = m_failed.load(kAlone);
    standing.retryBudget = m_parts.budget->left();
    return standing;
}

}  // namespace fusebox::handling
