#include "harness/observe/records.hpp"

#include <gtest/gtest.h>

#include <random>

#include "harness/observe/sealed_bytes.hpp"

namespace lockstep::observe {
namespace {

using channel::RecordType;

TEST(SipHash, MatchesTheAuthorsTestVectors) {
  channel::SealKey key{0x0706050403020100u, 0x0f0e0d0c0b0a0908u};
  channel::SipHash empty(key), fifteen(key);
  EXPECT_EQ(empty.finish(), 0x726fdb47dd0e0e31u);
  const unsigned char bytes[15] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};
  fifteen.add(bytes, sizeof bytes);
  EXPECT_EQ(fifteen.finish(), 0xa129ca6149be45e5u);
}

TEST(ReadMessages, KeepsTheOrderOfArrival) {
  Writer writer;
  const Messages read = read_messages(writer.begin() + writer.test_begin("A.B"), test_token);
  ASSERT_EQ(read.in_order.size(), 2u);
  EXPECT_EQ(read.in_order[0].type, RecordType::begin);
  EXPECT_EQ(read.in_order[1].type, RecordType::test_begin);
  EXPECT_EQ(Fields(read.in_order[1].payload).text(), "A.B");
  EXPECT_EQ(read.refused, 0u);
}

TEST(ReadMessages, RefusesAnotherToken) {
  Writer forger{.token = "fedcba9876543210"};
  const Messages read = read_messages(forger.begin(), test_token);
  EXPECT_TRUE(read.in_order.empty());
  EXPECT_EQ(read.refused, 1u);
}

TEST(ReadMessages, RefusesARecordWithAnyBitChanged) {
  Writer writer;
  const std::string good = writer.test_begin("A.B");
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    EXPECT_TRUE(read_messages(bad, test_token).in_order.empty()) << bit;
  }
}

TEST(ReadMessages, CountsAReplayedRecordOnce) {
  Writer writer;
  const std::string record = writer.failure("x");
  const Messages read = read_messages(record + record, test_token);
  EXPECT_EQ(read.in_order.size(), 1u);
  EXPECT_EQ(read.refused, 1u);
}

TEST(ReadMessages, FindsRecordsBehindGarbage) {
  Writer writer;
  const std::string magic(reinterpret_cast<const char*>(&channel::record_magic), 4);
  const Messages read = read_messages("hello " + magic + writer.begin() + magic + "x" + writer.test_begin("A.B") + magic, test_token);
  EXPECT_EQ(read.in_order.size(), 2u);
}

TEST(ReadMessages, JoinsPartsThatOtherRecordsCameBetween) {
  Writer a, b{.pid = 11};
  const Payload payload = Payload().text("one two");
  const std::string first = a.part(RecordType::fault, std::string_view(payload.bytes).substr(0, 9), 5, 0, false);
  const std::string second = a.part(RecordType::fault, std::string_view(payload.bytes).substr(9), 5, 1, true);
  for (const std::string& bytes : {first + b.begin() + second, second + b.begin() + first}) {
    const Messages read = read_messages(bytes, test_token);
    ASSERT_EQ(read.in_order.size(), 2u);
    EXPECT_TRUE(read.in_order[0].whole);
    EXPECT_EQ(Fields(read.in_order[0].payload).text(), "one two");
  }
}

TEST(ReadMessages, KeepsWhatComesBeforeAMissingPart) {
  Writer writer;
  const Messages read =
      read_messages(writer.part(RecordType::failure, "abc", 5, 0, false) + writer.part(RecordType::failure, "ghi", 5, 2, true), test_token);
  ASSERT_EQ(read.in_order.size(), 1u);
  EXPECT_EQ(read.in_order[0].payload, "abc");
  EXPECT_FALSE(read.in_order[0].whole);
}

TEST(ReadMessages, SurvivesEveryTruncation) {
  Writer writer;
  const std::string whole = writer.begin() + writer.test_begin("A.B") + writer.end({"A.B"});
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_LT(read_messages(whole.substr(0, size), test_token).in_order.size(), 3u);
}

TEST(ReadMessages, SurvivesRandomBytes) {
  std::mt19937 random(7);
  const std::string magic(reinterpret_cast<const char*>(&channel::record_magic), 4);
  for (int round = 0; round < 200; ++round) {
    std::string bytes;
    while (bytes.size() < 2000) bytes += random() % 8 == 0 ? magic : std::string(1, static_cast<char>(random()));
    EXPECT_TRUE(read_messages(bytes, test_token).in_order.empty());
  }
}

TEST(ReadMessages, GivesUpOnAFlood) {
  std::string flood;
  for (int i = 0; i < 100'000; ++i) flood.append(reinterpret_cast<const char*>(&channel::record_magic), 4);
  Writer writer;
  const Messages read = read_messages(flood + writer.begin(), test_token);
  EXPECT_TRUE(read.in_order.empty());
  EXPECT_EQ(read.refused, 1000u);
}

TEST(ReadMessages, NeedsAToken) {
  Writer writer;
  EXPECT_TRUE(read_messages(writer.begin(), "").in_order.empty());
}

TEST(Fields, ReadNothingBehindTheEnd) {
  Fields fields("abc");
  EXPECT_EQ(fields.number(), 0u);
  EXPECT_EQ(fields.text(), "");
  EXPECT_TRUE(fields.texts().empty());
}

TEST(Fields, DoNotBelieveALengthBeyondTheEnd) {
  const Payload lies = Payload().number(~0ull);
  const std::string bytes = lies.bytes + "ab";
  EXPECT_EQ(Fields(bytes).text(), "ab");
  EXPECT_LE(Fields(bytes).texts().size(), 1u);
}

TEST(Printable, KeepsWordsAndReplacesTheRest) {
  EXPECT_EQ(printable("a\nb\tc \xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80"), "a\nb\tc \xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80");
  EXPECT_EQ(printable(std::string_view("\x1b[1m\0\x7f", 6)), "?[1m??");
  EXPECT_EQ(printable("\xff\xc0\xaf\xed\xa0\x80"), "??????");
  EXPECT_EQ(printable("\xe2\x82"), "??");
  EXPECT_LE(printable(std::string(100'000, 'x')).size(), 8192u);
}

}  // namespace
}  // namespace lockstep::observe
