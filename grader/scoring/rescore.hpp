// An old record under today's rubric. Nothing is run: what was seen stays what it was, only its price and its order change.
#pragma once

#include "harness/model/exercise.hpp"
#include "harness/model/record.hpp"

namespace lockstep::scoring {

// The record with the checks of `today`, in today's order, with today's points and sentences. Per check of today, by id:
//  - one that the record does not hold, or holds under another engine, is `unavailable`: it was not run. One that was dropped since is dropped
//  here too;
//  - one of whose needs (today's) was caught with a student's mistake, or is blocked in turn, is `blocked` by it;
//  - one that the record calls `blocked`, by a check that it need not wait for today, is `unavailable`: it was not run. Where that check was
//    undecided and is still needed, it stays blocked;
//  - any other keeps its verdict and its findings.
// A note says that the record was scored again. Throws model::UsageError if the record is one of another exercise.
model::Record rescore(const model::Record& record, const model::Exercise& today);

}  // namespace lockstep::scoring
