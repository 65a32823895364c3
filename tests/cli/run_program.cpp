#include "tests/cli/run_program.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

namespace cli_test {
namespace {

std::string command_of(const std::string& arguments) {
  // Appended, not added: g++ 12 warns of its own operator+ here (GCC bug 105651).
  std::string command{"'"};
  command.append(HOLDFAST_PROGRAM).append("' ").append(arguments);
  return command;
}

std::string read_all(int descriptor) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t n = 0; (n = ::read(descriptor, buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return text;
}

std::string read_file(std::FILE* file) {
  std::rewind(file);
  return read_all(::fileno(file));
}

/// Of all children that have ended and were waited for.
double children_cpu_s() {
  rusage used{};
  ::getrusage(RUSAGE_CHILDREN, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

[[noreturn]] void become(const std::string& arguments) {
  // Both may be ignored or blocked where the tests run.
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
  const std::string command = "exec " + command_of(arguments);
  ::execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
  ::_exit(127);
}

}  // namespace

Ended run(const std::string& arguments) { return shell(command_of(arguments) + " 2>&1"); }

Ended shell(const std::string& line) {
  Ended ended;
  const double before = children_cpu_s();
  std::FILE* pipe = popen(line.c_str(), "r");
  if (pipe == nullptr) return {-1, "popen failed", {}, 0};
  ended.text = read_all(::fileno(pipe));
  ended.code = code_of(pclose(pipe));
  ended.cpu_s = children_cpu_s() - before;
  return ended;
}

Ended run_on_terminal(const std::string& arguments) {
  std::FILE* output = std::tmpfile();
  const winsize size{24, 80, 0, 0};
  int master = -1;
  const pid_t child = ::forkpty(&master, nullptr, nullptr, &size);
  if (child == 0) {
    ::setenv("TERM", "xterm", 1);
    ::dup2(::fileno(output), STDOUT_FILENO);
    become(arguments);
  }
  Ended ended;
  ended.errors = read_all(master);
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(master);
  ended.code = code_of(status);
  ended.text = read_file(output);
  std::fclose(output);
  return ended;
}

Ended run_and_signal(const std::string& arguments, int signal, double after_seconds) {
  std::FILE* output = std::tmpfile();
  const double before = children_cpu_s();
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(::fileno(output), STDOUT_FILENO);
    ::dup2(::fileno(output), STDERR_FILENO);
    become(arguments);
  }
  std::this_thread::sleep_for(std::chrono::duration<double>{after_seconds});
  ::kill(child, signal);
  Ended ended;
  int status = 0;
  ::waitpid(child, &status, 0);
  ended.code = code_of(status);
  ended.cpu_s = children_cpu_s() - before;
  ended.text = read_file(output);
  std::fclose(output);
  return ended;
}

std::string small_scenario() {
  return R"({
  "version": 1, "name": "small", "mission": "1 year",
  "data": {"logical": "40 TB", "objects": 1e6, "stripe": "4 MB"},
  "hardware": {"racks_per_site": 4, "machines_per_rack": 2, "disks_per_machine": 2,
    "disk": {"capacity": "16 TB", "read": "200 MB/s", "write": "200 MB/s"},
    "network": {"machine": "10 Gbit/s", "rack_uplink": "40 Gbit/s", "core": "100 Gbit/s"}},
  "failures": {"disk": {"lifetime": "1 /year"}},
  "repair": {"detection": "10 h", "replacement": "24 h"},
  "strategies": [
    {"name": "two copies", "code": {"kind": "replication", "copies": 2},
     "placement": {"kind": "declustered", "groups": 60}},
    {"name": "RS 2+2", "code": {"kind": "reed-solomon", "data": 2, "parity": 2},
     "placement": {"kind": "declustered", "groups": 60}}],
  "claims": [{"id": "rack", "source": "test", "text": {"en": "survives a rack"},
              "kind": "survives", "unit": "rack"}]
}
)";
}

}  // namespace cli_test
