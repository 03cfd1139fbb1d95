// Gives the signals of AgentsControl a home.
#include <fusebox/views/agents_control.h>
