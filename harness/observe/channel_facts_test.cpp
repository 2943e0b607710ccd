#include "harness/observe/channel_facts.hpp"

#include <gtest/gtest.h>

#include "harness/observe/sealed_bytes.hpp"
#include "harness/observe/symbols.hpp"

namespace lockstep::observe {
namespace {

using channel::RecordType;
using channel::TestOutcome;
using model::Outcome;

TEST(ParseChannel, APassedTestIsSealed) {
  Writer w;
  const Observed seen = parse_channel(w.begin() + w.test_begin("A.B") + w.test_end("A.B", TestOutcome::passed) + w.end({"A.B"}), test_token, 0);
  ASSERT_EQ(seen.tests.size(), 1u);
  EXPECT_TRUE(seen.began);
  EXPECT_EQ(seen.tests[0].test, "A.B");
  EXPECT_EQ(seen.tests[0].outcome, Outcome::passed);
  EXPECT_TRUE(seen.tests[0].sealed);
}

TEST(ParseChannel, WithoutTheEndRecordNothingIsSealed) {
  Writer w;
  const Observed seen = parse_channel(w.begin() + w.test_begin("A.B") + w.test_end("A.B", TestOutcome::passed), test_token, 0);
  EXPECT_EQ(seen.tests[0].outcome, Outcome::passed);
  EXPECT_FALSE(seen.tests[0].sealed);
}

TEST(ParseChannel, AnEndRecordThatDoesNotListTheTestDoesNotSealIt) {
  Writer w;
  const Observed seen = parse_channel(w.begin() + w.test_begin("A.B") + w.test_end("A.B", TestOutcome::passed) + w.end({"A.C"}), test_token, 0);
  EXPECT_FALSE(seen.tests[0].sealed);
}

TEST(ParseChannel, AnEndRecordOfAnotherProcessCountsForNothing) {
  Writer w, child{.pid = 11};
  const std::string began = w.begin() + w.test_begin("A.B");
  const Observed seen = parse_channel(began + child.test_end("A.B", TestOutcome::passed) + child.end({"A.B"}), test_token, 0);
  EXPECT_EQ(seen.tests[0].outcome, Outcome::silent);
  EXPECT_FALSE(seen.tests[0].sealed);
}

TEST(ParseChannel, AForgedEndRecordCountsForNothing) {
  Writer w, forger{.token = "fedcba9876543210", .sequence = 5};
  const Observed seen =
      parse_channel(w.begin() + w.test_begin("A.B") + forger.test_end("A.B", TestOutcome::passed) + forger.end({"A.B"}), test_token, 0);
  EXPECT_EQ(seen.tests[0].outcome, Outcome::silent);
  EXPECT_FALSE(seen.tests[0].sealed);
  EXPECT_EQ(seen.refused, 2u);
}

TEST(ParseChannel, AMessageThatGotLostUnsealsTheEnd) {
  Writer w;
  const std::string began = w.begin() + w.test_begin("A.B");
  const std::string lost = w.failure("while the channel was closed");
  const std::string ended = w.test_end("A.B", TestOutcome::passed);
  const std::string end = w.end({"A.B"});
  EXPECT_FALSE(parse_channel(began + ended + end, test_token, 0).tests[0].sealed);
  EXPECT_TRUE(parse_channel(began + lost + ended + end, test_token, 0).tests[0].sealed);
}

TEST(ParseChannel, MessagesMayOvertakeEachOtherAndTheEnd) {  // they come from several threads
  Writer w;
  const std::string early = w.failure("before the first constructor");
  const std::string begin = w.begin(), test = w.test_begin("A.B"), late = w.failure("late"), ended = w.test_end("A.B", TestOutcome::passed);
  const std::string end = w.end({"A.B"}), after = w.failure("behind the end");
  EXPECT_TRUE(parse_channel(early + begin + test + ended + end + late, test_token, 0).tests[0].sealed);
  EXPECT_TRUE(parse_channel(early + begin + late + test + ended + after + end, test_token, 0).tests[0].sealed);
  EXPECT_TRUE(parse_channel(early + begin + test + late + ended + end, test_token, 0).tests[0].sealed);
}

TEST(ParseChannel, MessagesOfAChildFillNoGap) {
  Writer w, child{.pid = 11, .sequence = 2};
  const std::string began = w.begin() + w.test_begin("A.B");
  w.failure("lost");
  const std::string ended = w.test_end("A.B", TestOutcome::passed);
  EXPECT_FALSE(parse_channel(began + child.failure("of a child") + ended + w.end({"A.B"}), test_token, 0).tests[0].sealed);
}

TEST(ParseChannel, FailuresOfAChildBelongToTheTest) {
  Writer w, child{.pid = 11};
  const Observed seen = parse_channel(w.begin() + w.test_begin("A.B") + child.failure("in the child"), test_token, 0);
  ASSERT_EQ(seen.tests[0].failures.size(), 1u);
  EXPECT_EQ(seen.tests[0].failures[0].message, "in the child");
  EXPECT_EQ(seen.tests[0].failures[0].line, 3);
}

TEST(ParseChannel, SplitsALaunchByTest) {
  Writer w;
  const Observed seen = parse_channel(w.begin() + w.test_begin("A.B") + w.failure("b") + w.test_end("A.B", TestOutcome::failed) +
                                          w.test_begin("A.C") + w.failure("c") + w.test_end("A.C", TestOutcome::failed) + w.end({"A.B", "A.C"}),
                                      test_token, 0);
  ASSERT_EQ(seen.tests.size(), 2u);
  EXPECT_EQ(seen.tests[0].failures.at(0).message, "b");
  EXPECT_EQ(seen.tests[1].failures.at(0).message, "c");
  EXPECT_TRUE(seen.tests[0].sealed && seen.tests[1].sealed);
}

TEST(ParseChannel, NobodyThatLivesIsNoBegin) {
  EXPECT_FALSE(parse_channel("", test_token, 0).began);
  Writer w;
  EXPECT_TRUE(parse_channel(w.begin(), test_token, 0).began);
  EXPECT_FALSE(parse_channel(w.begin(), test_token, 2).began);
}

TEST(ParseChannel, EveryRankMustPassAndSeal) {
  Writer zero{.rank = 0}, one{.rank = 1, .pid = 11};
  const auto passes = [](Writer& w) { return w.test_begin("A.B") + w.test_end("A.B", TestOutcome::passed) + w.end({"A.B"}); };
  const std::string both = zero.begin() + one.begin();
  const std::string zero_passes = passes(zero);
  const Observed half = parse_channel(both + zero_passes, test_token, 2);
  EXPECT_EQ(half.tests[0].outcome, Outcome::silent);
  EXPECT_FALSE(half.tests[0].sealed);
  const Observed whole = parse_channel(both + zero_passes + passes(one), test_token, 2);
  EXPECT_EQ(whole.tests[0].outcome, Outcome::passed);
  EXPECT_TRUE(whole.tests[0].sealed);
  Writer other{.rank = 1, .pid = 11};
  const std::string fails =
      other.begin() + other.test_begin("A.B") + other.failure("x") + other.test_end("A.B", TestOutcome::failed) + other.end({"A.B"});
  EXPECT_EQ(parse_channel(zero.begin() + zero_passes + fails, test_token, 2).tests[0].outcome, Outcome::failed);
}

TEST(ParseChannel, RecordsOfARankBelongToThatRanksTest) {
  Writer zero{.rank = 0}, one{.rank = 1, .pid = 11};
  const Observed seen = parse_channel(zero.begin() + one.begin() + zero.test_begin("A.B") + one.test_begin("A.B") + zero.test_begin("A.C") +
                                          one.record(RecordType::stuck, Payload().text("main thread").text("MPI_Recv(source=0)").texts({}).number(1).number(0)),
                                      test_token, 2);
  ASSERT_EQ(seen.tests.size(), 2u);
  ASSERT_EQ(seen.tests[0].stuck.size(), 1u);
  EXPECT_EQ(seen.tests[0].stuck[0].rank, 1);
  EXPECT_EQ(seen.tests[0].stuck[0].waits_in, "MPI_Recv(source=0)");
  EXPECT_EQ(seen.tests[0].stuck[0].waits_for, std::vector<int>{0});
}

TEST(ParseChannel, ReadsAMessageThatWasReceived) {
  Writer w;
  const Observed seen = parse_channel(w.begin() + w.test_begin("A.B") +
                                          w.record(RecordType::exchange, Payload().number(2).number(0).number(7).text("MPI_Isend").text("MPI_Recv").texts({"/test/p+0x10"}).texts({})),
                                      test_token, 0);
  ASSERT_EQ(seen.tests[0].exchanges.size(), 1u);
  const model::Exchange& message = seen.tests[0].exchanges[0];
  EXPECT_EQ(message.from, 2);
  EXPECT_EQ(message.to, 0);
  EXPECT_EQ(message.tag, 7);
  EXPECT_EQ(message.sent_by, "MPI_Isend");
  EXPECT_EQ(message.received_by, "MPI_Recv");
  EXPECT_EQ(message.sent_at.at(0).function, "/test/p+0x10");
  EXPECT_TRUE(message.received_at.empty());
}

TEST(ParseChannel, NotImplementedOutranksFailed) {
  Writer w;
  const Observed seen = parse_channel(
      w.begin() + w.test_begin("A.B") + w.record(RecordType::not_implemented, Payload().text("push")) + w.failure("x"), test_token, 0);
  EXPECT_EQ(seen.tests[0].outcome, Outcome::not_implemented);
  EXPECT_EQ(seen.tests[0].not_implemented, "push");
}

TEST(ParseChannel, ReadsARace) {
  Writer w;
  Payload race;
  race.text("data-race").number(2);
  race.number(channel::access_is_write).number(4).text("thread T1").texts({"/test/p+0x10"}).texts({"/test/p+0x20", "/test/p+0x30"});
  race.number(0).number(4).text("main thread").texts({}).texts({"/test/p+0x40"});
  race.text("global _ZN3pdc7counterE").texts({});
  std::vector<model::TestRun> runs = parse_channel(w.begin() + w.test_begin("A.B") + w.record(RecordType::race, race), test_token, 0).tests;
  ASSERT_EQ(runs[0].races.size(), 1u);
  EXPECT_EQ(runs[0].races[0].location, "global pdc::counter");
  EXPECT_EQ(addresses_to_symbolise(runs), (std::vector<std::string>{"/test/p+0x10", "/test/p+0x20", "/test/p+0x30", "/test/p+0x40"}));
  const auto frame = [](const char* file, int line) { return std::vector<model::Frame>{{.function = "f", .file = file, .line = line}}; };
  const Symbols symbols{{"/test/p+0x10", frame("a.cpp", 3)},
                        {"/test/p+0x20", frame("a.cpp", 7)},
                        {"/test/p+0x30", frame("tests/t.cpp", 9)},
                        {"/test/p+0x40", frame("tests/t.cpp", 8)}};
  apply_symbols(runs, symbols, {"a.cpp"});
  const model::Race& read = runs[0].races[0];
  EXPECT_FALSE(read.in_tests);
  EXPECT_TRUE(read.accesses[0].write);
  EXPECT_EQ(read.accesses[0].bytes, 4);
  EXPECT_EQ(read.accesses[0].thread, "thread T1 (created at a.cpp:3)");
  EXPECT_EQ(read.accesses[0].stack[0].file, "a.cpp");
  EXPECT_TRUE(read.accesses[0].stack[0].students);
  EXPECT_EQ(read.accesses[1].stack[0].file, "tests/t.cpp");
  EXPECT_EQ(read.accesses[1].stack[0].line, 8);
  EXPECT_TRUE(addresses_to_symbolise(runs).empty());
}

TEST(ParseChannel, AFaultIsOurs) {
  Writer w;
  EXPECT_EQ(
      parse_channel(w.begin() + w.test_begin("A.B") + w.record(RecordType::fault, Payload().text("no ptrace")), test_token, 0).tests[0].fault,
      "no ptrace");
  EXPECT_EQ(parse_channel(w.begin() + w.record(RecordType::fault, Payload().text("early")), test_token, 0).fault, "early");
}

TEST(ParseChannel, KeepsAHundredFindingsOfAKind) {
  Writer w;
  std::string bytes = w.begin() + w.test_begin("A.B");
  for (int i = 0; i < 500; ++i) bytes += w.failure("x");
  EXPECT_EQ(parse_channel(bytes, test_token, 0).tests[0].failures.size(), 100u);
}

}  // namespace
}  // namespace lockstep::observe
