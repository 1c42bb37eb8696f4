#include "CMuParser.h"

#include <cmath>
#include <cstdio>
#include <vector>

#include <muParser.h>

struct mu_peer {
    mu::Parser parser;
    std::vector<double> slots;
};

namespace {
double floor_of(double x) { return std::floor(x); }
double ceil_of(double x) { return std::ceil(x); }
}  // namespace

extern "C" mu_peer *mu_create(size_t count) {
    mu_peer *peer = new mu_peer;
    peer->slots.resize(count);
    // The names of our language that muParser does not have.
    peer->parser.DefineConst("pi", std::acos(-1.0));
    peer->parser.DefineFun("floor", floor_of);
    peer->parser.DefineFun("ceil", ceil_of);
    return peer;
}

extern "C" void mu_name(mu_peer *peer, size_t slot, const char *name) {
    peer->parser.DefineVar(name, &peer->slots[slot]);
}

extern "C" bool mu_compile(mu_peer *peer, const char *text, char *error, size_t size) {
    try {
        peer->parser.SetExpr(text);
        peer->parser.Eval();
        return true;
    } catch (const mu::Parser::exception_type &reason) {
        std::snprintf(error, size, "%s", reason.GetMsg().c_str());
        return false;
    }
}

extern "C" void mu_run(
    mu_peer *peer, const double *values, size_t rows, size_t count, double *results
) {
    double *slots = peer->slots.data();
    const size_t columns = peer->slots.size();
    const mu::Parser &parser = peer->parser;
    for (size_t done = 0, row = 0; done < count; done++) {
        const double *from = values + row * columns;
        for (size_t i = 0; i < columns; i++) { slots[i] = from[i]; }
        results[row] = parser.Eval();
        row = row + 1 == rows ? 0 : row + 1;
    }
}

extern "C" void mu_destroy(mu_peer *peer) { delete peer; }
