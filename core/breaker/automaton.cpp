// The automaton of the product, made once here.

#include <fusebox/breaker/automaton.h>
#include <fusebox/breaker/automaton_admission.h>
#include <fusebox/breaker/automaton_attended.h>
#include <fusebox/breaker/automaton_beside.h>
#include <fusebox/breaker/automaton_dossier.h>
#include <fusebox/breaker/automaton_operate.h>
#include <fusebox/breaker/automaton_outcome.h>
#include <fusebox/breaker/automaton_restore.h>
#include <fusebox/breaker/automaton_rules.h>
#include <fusebox/breaker/automaton_transitions.h>
#include <fusebox/breaker/automaton_watch.h>

namespace fusebox::breaker {

template class Automaton<StdAtomics>;

}  // namespace fusebox::breaker
