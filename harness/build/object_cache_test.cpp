#include "harness/build/object_cache.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "harness/build/digest.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::build {
namespace {

namespace fs = std::filesystem;

class ObjectCacheTest : public testing::Test {
 protected:
  ObjectCacheTest() : folder(fs::temp_directory_path() / ("object-cache-test-" + std::to_string(getpid()))) {
    fs::remove_all(folder);
    fs::create_directories(folder / "headers");
    write(header, "one");
  }
  ~ObjectCacheTest() override { fs::remove_all(folder); }

  static void write(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }
  fs::path get(ObjectCache& cache, const std::string& recipe = "aaaa") {
    return cache.get(recipe, {{"@headers", folder / "headers"}}, ".o", [&](const fs::path& product) {
      ++made;
      write(product, "made from " + *read_file(header));
      return std::vector<fs::path>{header};
    });
  }

  fs::path folder;
  fs::path header = folder / "headers" / "with space.hpp";
  std::atomic<int> made{0};
};

TEST_F(ObjectCacheTest, AProductIsMadeOnce) {
  ObjectCache cache(folder / "cache");
  const fs::path first = get(cache);
  EXPECT_EQ(get(cache), first);
  ObjectCache another(folder / "cache");  // as the next process sees it
  EXPECT_EQ(get(another), first);
  EXPECT_EQ(made, 1);
  EXPECT_EQ(read_file(first), "made from one");
}

TEST_F(ObjectCacheTest, AChangedHeaderMakesAnotherProductAndLeavesTheOldOne) {
  ObjectCache cache(folder / "cache");
  const fs::path first = get(cache);
  write(header, "two!");
  const fs::path second = get(cache);
  EXPECT_NE(first, second);
  EXPECT_EQ(read_file(second), "made from two!");
  EXPECT_EQ(read_file(first), "made from one");
}

TEST_F(ObjectCacheTest, AnotherCheckoutWithTheSameHeadersSharesIt) {
  ObjectCache cache(folder / "cache");
  const fs::path first = get(cache);
  fs::create_directories(folder / "elsewhere");
  fs::copy(header, folder / "elsewhere");
  const fs::path second = cache.get("aaaa", {{"@headers", folder / "elsewhere"}}, ".o", [&](const fs::path&) -> std::vector<fs::path> {
    ADD_FAILURE() << "made again";
    return {};
  });
  EXPECT_EQ(first, second);
}

TEST_F(ObjectCacheTest, TruncatedAndChangedProductsAreMadeAgain) {
  ObjectCache cache(folder / "cache");
  const fs::path product = get(cache);
  fs::resize_file(product, 3);
  EXPECT_EQ(read_file(get(cache)), "made from one");
  write(product, "made from 0ne");
  EXPECT_EQ(read_file(get(cache)), "made from one");
  fs::remove(product);
  EXPECT_EQ(read_file(get(cache)), "made from one");
  EXPECT_EQ(made, 4);
}

TEST_F(ObjectCacheTest, ADamagedEntryIsMadeAgain) {
  ObjectCache cache(folder / "cache");
  const fs::path product = get(cache);
  for (const char* text : {"", "product", "nonsense nonsense", "product ../../x y z\n"}) {
    write(folder / "cache" / "aaaa.entry", text);
    EXPECT_EQ(get(cache), product) << text;
  }
}

TEST_F(ObjectCacheTest, AFailedMakerLeavesNothing) {
  ObjectCache cache(folder / "cache");
  const auto fail = [](const fs::path& product) -> std::vector<fs::path> {
    write(product, "half");
    throw model::Fault("no");
  };
  EXPECT_THROW(cache.get("aaaa", {}, ".o", fail), model::Fault);
  for (const auto& entry : fs::directory_iterator(folder / "cache")) EXPECT_EQ(entry.path().extension(), ".lock") << entry.path();
  get(cache);
  EXPECT_EQ(made, 1);
}

TEST_F(ObjectCacheTest, ThreadsThatWantTheSameWaitForOneMaker) {
  ObjectCache cache(folder / "cache");
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { get(cache); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, 1);
}

TEST_F(ObjectCacheTest, ProcessesThatWantTheSameGetTheSame) {
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      ObjectCache cache(folder / "cache");
      bool right = true;
      for (int round = 0; round < 20; ++round) right &= read_file(get(cache, "bbbb" + std::to_string(round))) == "made from one";
      _exit(right ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = -1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
}

TEST_F(ObjectCacheTest, AFolderThatCannotBeUsedIsSaidToBeSo) {
  write(folder / "file", "x");
  EXPECT_THROW(ObjectCache(folder / "file" / "cache"), model::UsageError);
  EXPECT_THROW(ObjectCache("/proc/lockstep"), model::UsageError);
}

TEST_F(ObjectCacheTest, AFolderThatOthersMayFillIsNotUsed) {
  fs::create_directories(folder / "open");
  fs::permissions(folder / "open", fs::perms(0777));
  EXPECT_THROW(ObjectCache(folder / "open"), model::UsageError);
  fs::permissions(folder / "open", fs::perms(0775));  // a group of one's own is usual
  ObjectCache mine(folder / "open");
  if (geteuid() != 0) return;
  fs::create_directories(folder / "theirs");
  ASSERT_EQ(chown((folder / "theirs").c_str(), 12345, 12345), 0);
  EXPECT_THROW(ObjectCache(folder / "theirs"), model::UsageError);
}

TEST_F(ObjectCacheTest, AnEntryThatWasCutShortIsMadeAgain) {
  {
    ObjectCache cache(folder / "cache");
    get(cache);
  }
  const std::string entry = *read_file(folder / "cache" / "aaaa.entry");
  for (std::size_t size = 0; size + 1 < entry.size(); ++size) {
    write(folder / "cache" / "aaaa.entry", entry.substr(0, size));
    ObjectCache cache(folder / "cache");
    made = 0;
    get(cache);
    EXPECT_EQ(made, 1) << size;
  }
}

TEST_F(ObjectCacheTest, ADiskThatIsFullIsSaidToBeSo) {
  // /dev/full fails every write with ENOSPC; a cache whose entry file leads there is a full cache.
  ObjectCache cache(folder / "cache");
  EXPECT_THROW(cache.get("cccc", {}, ".o", [](const fs::path& product) -> std::vector<fs::path> {
                 std::ofstream out("/dev/full");
                 out << "x";
                 out.close();
                 if (out) write(product, "x");
                 return {};
               }),
               model::UsageError);
}

TEST(Dependencies, MakeRulesAreRead) {
  EXPECT_EQ(parse_dependencies("a.o: /x/a.cpp /x/a\\ b.hpp \\\n /x/c.hpp\n\n/x/c.hpp:\n"), (std::vector<fs::path>{"/x/a b.hpp", "/x/c.hpp"}));
  EXPECT_TRUE(parse_dependencies("a.o: /x/a.cpp\n").empty());
  EXPECT_TRUE(parse_dependencies("").empty());
}

TEST(Digest, IsSha256) { EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); }

}  // namespace
}  // namespace lockstep::build
