// What testkit/mpi and mpiwatch make of right and wrong programs: samples/mpi_cases.cpp, launched as a grading does it, with the channel
// printed.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "harness/inside/mpiwatch/shared_state.hpp"

namespace {

struct Launch {
  int status = -1;
  std::vector<std::string> records;  // "<rank> <type>|<fields>", without test_end of passed tests

  int count(const std::string& part) const {
    return static_cast<int>(
        std::count_if(records.begin(), records.end(), [&](const std::string& r) { return r.find(part) != std::string::npos; }));
  }
  std::string text() const {
    std::string all = "status " + std::to_string(status);
    for (const std::string& record : records) all += "\n" + record;
    return all;
  }
};

// The samples have no loops without an end that MPI would not notice; `timeout` only keeps a defect of ours from holding up the build.
Launch launch(const std::string& filter, const std::string& environment = "") {
  const std::string command =
      "timeout -k 5 100 env OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 HWLOC_COMPONENTS=-gl,-opencl " + environment +
      " mpirun --oversubscribe --bind-to none --mca pml ob1 --mca btl ^tcp --mca plm isolated --mca mpi_yield_when_idle 1"
      " --mca odls_base_sigkill_timeout 0 --mca btl_vader_single_copy_mechanism none -np 8 " MPI_CASES " '--gtest_filter=" +
      filter + "' </dev/null 2>/dev/null";
  Launch result;
  std::FILE* out = popen(command.c_str(), "r");
  if (out == nullptr) return result;
  std::array<char, 4096> line;
  while (std::fgets(line.data(), static_cast<int>(line.size()), out) != nullptr) {
    const std::string text = line.data();
    const std::string passed_end = "|1\n";
    if (!text.starts_with("RECORD ")) continue;
    if (text.find(" test_end|") != std::string::npos && text.ends_with(passed_end)) continue;
    result.records.push_back(text.substr(7, text.size() - 8));
  }
  result.status = WEXITSTATUS(pclose(out));
  return result;
}

TEST(Mpi, RightProgramsPassInEverySizeAndShapeWithoutAWord) {
  const Launch run = launch("Right.*");
  EXPECT_EQ(run.status, 0) << run.text();
  EXPECT_TRUE(run.records.empty()) << run.text();
}

TEST(Mpi, AHangIsProvenAndEveryRankSaysWhereItWaits) {
  const Launch run = launch("Wrong.EverybodyReceivesFirst");
  EXPECT_EQ(run.status, lockstep::mpiwatch::status_of_hang) << run.text();
  EXPECT_EQ(run.records.size(), 3U) << run.text();
  EXPECT_EQ(run.count("0 stuck|rank 0 of 3|MPI_Recv(at most 1 x MPI_INT, source=1, tag=7)"), 1) << run.text();
  EXPECT_EQ(run.count("2 stuck|rank 2 of 3|MPI_Recv(at most 1 x MPI_INT, source=0, tag=7)"), 1) << run.text();
  for (const char* whom : {" frames|waits for 0", " frames|waits for 1", " frames|waits for 2"}) EXPECT_EQ(run.count(whom), 1) << run.text();
}

TEST(Mpi, SendsThatWaitForReceivesAreAHang) {
  const Launch run = launch("Wrong.LargeSendsHeadToHead");
  EXPECT_EQ(run.status, lockstep::mpiwatch::status_of_hang) << run.text();
  EXPECT_EQ(run.count("stuck|"), 2) << run.text();
  EXPECT_EQ(run.count("MPI_Send(1000000 x MPI_DOUBLE, dest="), 2) << run.text();
}

TEST(Mpi, ARankThatDoesNotComeToACollectiveIsNamed) {
  const Launch run = launch("Wrong.OneRankForgetsTheBarrier");
  EXPECT_EQ(run.status, lockstep::mpiwatch::status_of_hang) << run.text();
  EXPECT_EQ(run.count("MPI_Barrier()"), 3) << run.text();
  EXPECT_EQ(run.count("2 stuck|rank 2 of 4|nothing: its part has already returned"), 1) << run.text();
  EXPECT_EQ(run.count(" frames|waits for 2"), 3) << run.text();
}

TEST(Mpi, ACommunicatorThatOneRankDoesNotMakeIsAHang) {
  const Launch run = launch("Wrong.OneRankForgetsToSplit");
  EXPECT_EQ(run.status, lockstep::mpiwatch::status_of_hang) << run.text();
  EXPECT_EQ(run.count("MPI_Comm_split()"), 1) << run.text();
}

TEST(Mpi, AWaitSaysForWhichRequest) {
  const Launch run = launch("Wrong.WaitsForAMessageThatNobodySends");
  EXPECT_EQ(run.count("MPI_Waitall(1 request: MPI_Irecv(at most 1 x MPI_INT, source=MPI_ANY_SOURCE, tag=9))"), 1) << run.text();
}

TEST(Mpi, AnExceptionOnOneRankIsTheVerdictNotTheHangThatFollows) {
  const Launch run = launch("Wrong.OneRankThrowsAndOthersWait");
  EXPECT_EQ(run.status, lockstep::mpiwatch::status_of_hang) << run.text();
  EXPECT_EQ(run.count("stuck|"), 0) << run.text();
  EXPECT_EQ(run.count("3 failure|C++ exception with description \"three is too much\" thrown on rank 3 of 4"), 1) << run.text();
}

TEST(Mpi, AFatalFailureOnOneRankIsTheVerdictNotTheHangThatFollows) {
  const Launch run = launch("Wrong.OneRankFailsFatallyAndOthersWait");
  EXPECT_EQ(run.count("stuck|"), 0) << run.text();
  EXPECT_EQ(run.count("1 failure|"), 1) << run.text();
}

TEST(Mpi, AFailedExpectationSaysRankAndShapeAndLaterTestsRun) {
  const Launch run = launch("Wrong.OneRankFailsAnExpectation:Right.CommunicatorsOfItsOwn");
  EXPECT_EQ(run.status, 1) << run.text();
  EXPECT_EQ(run.count("failure|"), 1) << run.text();
  EXPECT_EQ(run.count("rank 2 of 3"), 1) << run.text();
  EXPECT_EQ(run.count("test_end|"), 1) << run.text();
}

TEST(Mpi, AMessageThatIsTooLongIsMisuse) {
  const Launch run = launch("Wrong.ReceivesTooLittle");
  EXPECT_EQ(run.status, lockstep::mpiwatch::status_of_mpi_error) << run.text();
  EXPECT_EQ(run.count("1 sanitizer|mpi.truncation|rank 1 of 2: the message of rank 0's MPI_Send(4 x MPI_INT) at "), 1) << run.text();
  EXPECT_EQ(run.count("has 16 bytes, and MPI_Recv(at most 1 x MPI_INT, source=0, tag=0) at "), 1) << run.text();
}

TEST(Mpi, ASendThatNobodyReceivesIsAHangHoweverSmall) {
  const Launch run = launch("Wrong.SendsWhatNobodyReceives");
  EXPECT_EQ(run.status, lockstep::mpiwatch::status_of_hang) << run.text();
  EXPECT_EQ(run.count("0 stuck|rank 0 of 2|MPI_Send(1 x MPI_INT, dest=1, tag=77)"), 1) << run.text();
}

TEST(Mpi, ANearMissIsNamed) {
  const Launch run = launch("Wrong.ReceivesAnotherTag");
  EXPECT_EQ(run.count("MPI_Recv(at most 1 x MPI_INT, source=0, tag=7); there is a message of rank 0 with tag 8 (MPI_Send at "), 1) << run.text();
}

TEST(Mpi, AChangedSendBufferIsFoundAndTheMessageIsWhatItWas) {
  const Launch run = launch("Wrong.ChangesWhatItIsSending");
  EXPECT_EQ(run.count("0 sanitizer|mpi.send_buffer_changed|rank 0 of 2"), 1) << run.text();
  EXPECT_EQ(run.count("failure|"), 0) << run.text();
}

TEST(Mpi, AMessageThatNobodyReceivedIsFound) {
  const Launch run = launch("Wrong.LeavesAMessage");
  EXPECT_EQ(run.status, 0) << run.text();
  EXPECT_EQ(run.records.size(), 3U) << run.text();
  EXPECT_EQ(run.count("hygiene|message|a message from rank 0 with tag 77 (MPI_Bsend at "), 3) << run.text();
}

TEST(Mpi, ACrashNamesItsRank) {
  const Launch run = launch("Wrong.OneRankCrashes");
  EXPECT_EQ(run.status, 128 + SIGSEGV) << run.text();
  EXPECT_EQ(run.count("1 sanitizer|signal|segmentation fault (SIGSEGV) on rank 1 of 3"), 1) << run.text();
}

TEST(Mpi, AStubIsKnownAsOne) {
  const Launch run = launch("Wrong.IsNotImplementedYet");
  EXPECT_EQ(run.count("not_implemented|greeting"), 1) << run.text();
  EXPECT_EQ(run.count("failure|"), 0) << run.text();
}

}  // namespace
