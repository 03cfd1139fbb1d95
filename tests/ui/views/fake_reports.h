// Dossiers and shadow reports of breakers that never were.
#pragma once

#include <fusebox/domain/dossier.h>
#include <fusebox/domain/shadow_report.h>

#include <memory>

namespace fusebox::views {

std::shared_ptr<const domain::Dossier> dossierOf(const domain::Transition& transition);
domain::ShadowReport shadowReport();

}  // namespace fusebox::views
