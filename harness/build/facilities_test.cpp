#include "harness/build/facilities.hpp"

#include <gtest/gtest.h>

#include "harness/build/symbol_names.hpp"

namespace lockstep::build {
namespace {

bool uses(const std::string& facility, const std::string& symbol) { return build::uses(facility_named(facility), symbol); }

TEST(Facilities, AClassIsUsedByItsMembersAndByTemplatesOverIt) {
  EXPECT_TRUE(uses("std::barrier", "_ZNSt7barrierISt18__empty_completionE15arrive_and_waitEv"));
  EXPECT_TRUE(uses("std::barrier", "_ZSt11make_uniqueISt7barrierISt18__empty_completionEJiEENSt8__detail9_MakeUniqIT_E15__single_objectEDpOT0_"));
  EXPECT_TRUE(uses("std::mutex", "_ZNSt10lock_guardISt5mutexEC1ERS0_"));
}

TEST(Facilities, LongerNamesAreOtherFacilities) {
  EXPECT_FALSE(uses("std::mutex", "_ZNSt15recursive_mutex4lockEv"));
  EXPECT_FALSE(uses("std::condition_variable", "_ZNSt3_V222condition_variable_any10notify_allEv"));
  EXPECT_FALSE(uses("std::mutex", "_ZN3pdc5mutex4lockEv"));
  EXPECT_FALSE(uses("open", "popen"));
  EXPECT_FALSE(uses("popen", "_ZN3pdc5popenEv"));
  EXPECT_FALSE(uses("exit", "_exit"));
}

TEST(Facilities, InlineNamespacesAreNotPartOfTheName) {
  EXPECT_TRUE(uses("std::condition_variable_any", "_ZNSt3_V222condition_variable_any10notify_allEv"));
  EXPECT_TRUE(uses("std::chrono::steady_clock", "_ZNSt6chrono3_V212steady_clock3nowEv"));
}

TEST(Facilities, AnIdOfAThreadIsNoThread) {
  EXPECT_FALSE(uses("std::thread", "_ZSteqNSt6thread2idES0_"));
  EXPECT_FALSE(uses("std::thread", "_ZNSt6thread20hardware_concurrencyEv"));
  EXPECT_TRUE(uses("std::thread", "_ZNSt6thread4joinEv"));
  EXPECT_FALSE(uses("std::thread", "_ZNSt11this_thread6get_idEv"));
}

TEST(Facilities, MembersOfTemplatesAreFoundWhateverTheArguments) {
  EXPECT_TRUE(uses("std::atomic::wait", "_ZNKSt13__atomic_baseIiE4waitEiSt12memory_order"));
  EXPECT_TRUE(uses("std::atomic::wait", "_ZNKSt6atomicIbE4waitEbSt12memory_order"));
  EXPECT_FALSE(uses("std::atomic::wait", "_ZNSt13__atomic_baseIiE10notify_allEv"));
  EXPECT_TRUE(uses("std::thread::detach", "_ZNSt7jthread6detachEv"));
  EXPECT_FALSE(uses("std::thread::detach", "_ZNSt6thread4joinEv"));
}

TEST(Facilities, TheOtherWaysToTheSameThingCount) {
  EXPECT_TRUE(uses("std::binary_semaphore", "_ZNSt18counting_semaphoreILl1EE7acquireEv"));
  EXPECT_TRUE(uses("sleep", "_ZNSt11this_thread9sleep_forIlSt5ratioILl1ELl1000EEEEvRKNSt6chrono8durationIT_T0_EE"));
  EXPECT_TRUE(uses("std::rand", "rand"));
  EXPECT_TRUE(uses("fopen", "fopen64"));
  EXPECT_TRUE(uses("MPI_Barrier", "PMPI_Barrier"));
  EXPECT_TRUE(uses("MPI_COMM_WORLD", "ompi_mpi_comm_world"));
}

TEST(Facilities, AStarStandsForEveryEnding) {
  EXPECT_TRUE(uses("sem_*", "sem_wait"));
  EXPECT_TRUE(uses("pthread_barrier_*", "pthread_barrier_init"));
  EXPECT_FALSE(uses("sem_*", "semget"));
}

TEST(Facilities, ConstantsAreTokens) {
  EXPECT_EQ(facility_named("MPI_ANY_SOURCE").tokens, std::vector<std::string>{"MPI_ANY_SOURCE"});
  EXPECT_TRUE(facility_named("popen").tokens.empty());
}

TEST(SymbolNames, OnlyNamespacePdcBelongsToTheCourse) {
  for (const char* name : {"_ZN3pdc4Bank5closeEv", "_ZNK3pdc4Bank5totalEv", "_ZTIN3pdc6ClosedE", "_ZTVN3pdc1QE", "_ZGVN3pdc1xE", "_ZN3pdc3runEi", "_ZNO3pdc1Q1fEv"})
    EXPECT_TRUE(is_course_symbol(name)) << name;
  for (const char* name : {"malloc", "_ZN7testing4Test3RunEv", "_ZNSt6thread4joinEv", "_ZN4pdcx1fEv", "_Z3pdcv", "pdc", "_ZTSSt9exception", "_Z", ""})
    EXPECT_FALSE(is_course_symbol(name)) << name;
}

}  // namespace
}  // namespace lockstep::build
