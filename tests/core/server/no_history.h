// A history that has nothing: what a test wants of it is put over it.
#pragma once

#include <fusebox/server/history.h>

class NoHistory : public fusebox::server::History {
public:
    using Trouble = tl::unexpected<fusebox::base::Trouble>;

    fusebox::base::Result<std::vector<fusebox::server::PastEvent>> eventsAfter(fusebox::domain::EventId,
                                                                               std::size_t) override {
        return trouble();
    }
    fusebox::base::Result<fusebox::journal::EventPage> events(const fusebox::journal::EventQuery&) override {
        return trouble();
    }
    fusebox::base::Result<std::vector<fusebox::journal::RollupPoint>> rollups(
        const fusebox::journal::RollupQuery&) override {
        return trouble();
    }
    fusebox::base::Result<std::vector<fusebox::journal::Band>> bands(const fusebox::journal::BandQuery&) override {
        return trouble();
    }
    fusebox::base::Result<fusebox::server::PastNames> names() override { return trouble(); }

protected:
    [[nodiscard]] virtual Trouble trouble() const {
        return fusebox::base::trouble(fusebox::base::TroubleCode::notFound, "There is no journal.");
    }
};
