// Rules of the tree that need no reviewer: which room may include which, where a library may be
// used, which words the engine does not know, how long a file may be. Each check is a function over
// a folder, and is also run on a planted tree that breaks it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Complaints = std::vector<std::string>;

struct Source {
  std::string path;  // from the root of the tree, with '/'
  std::vector<std::string> lines;
  std::vector<std::string> includes;  // what stands between the quotes or brackets
};

// From the lowest room up; gui and cli are neighbours that do not know each other.
constexpr std::array<std::string_view, 5> rooms{"sim", "models", "reports", "cli", "gui"};

std::string room_of(std::string_view path) { return std::string{path.substr(0, path.find('/'))}; }

std::optional<int> height_of(std::string_view path) {
  const auto* const found = std::ranges::find(rooms, room_of(path));
  if (found == rooms.end() || path.find('/') == std::string_view::npos) return std::nullopt;
  return std::min(static_cast<int>(found - rooms.begin()), 3);
}

Source read_source(const fs::path& root, const fs::path& file) {
  static const std::regex include{R"re(^\s*#\s*include\s*["<]([^">]+)[">])re"};
  Source source{.path = fs::relative(file, root).generic_string(), .lines = {}, .includes = {}};
  std::ifstream stream{file};
  for (std::string line; std::getline(stream, line);) {
    if (std::smatch match; std::regex_search(line, match, include)) {
      source.includes.push_back(match[1]);
    }
    source.lines.push_back(line);
  }
  return source;
}

std::vector<Source> read_tree(const fs::path& root) {
  std::vector<Source> sources;
  for (const std::string_view room : {"sim", "models", "reports", "cli", "gui", "tests"}) {
    if (!fs::is_directory(root / room)) continue;
    for (const auto& entry : fs::recursive_directory_iterator{root / room}) {
      const std::string extension = entry.path().extension().string();
      if (extension == ".h" || extension == ".cpp") {
        sources.push_back(read_source(root, entry.path()));
      }
    }
  }
  std::ranges::sort(sources, {}, &Source::path);
  return sources;
}

Complaints upward_includes(const std::vector<Source>& tree) {
  Complaints complaints;
  for (const Source& source : tree) {
    const std::optional<int> own = height_of(source.path);
    if (!own) continue;  // tests may include every room
    for (const std::string& include : source.includes) {
      const std::optional<int> other = height_of(include);
      const bool beside = *own == 3 && other == 3 && room_of(include) != room_of(source.path);
      if (include.starts_with("tests/") || (other && *other > *own) || beside) {
        complaints.push_back(source.path + " includes " + include);
      }
    }
  }
  return complaints;
}

// Depth-first search over the includes of files in the tree; reports each file that closes a cycle.
class CycleSearch {
 public:
  explicit CycleSearch(const std::vector<Source>& tree) {
    for (const Source& source : tree) files_[source.path] = &source;
  }

  Complaints run() {
    for (const auto& [path, source] : files_) visit(*source);
    return complaints_;
  }

 private:
  void visit(const Source& source) {
    if (done_.contains(source.path)) return;
    open_.insert(source.path);
    for (const std::string& include : source.includes) {
      const auto next = files_.find(include);
      if (next == files_.end()) continue;
      if (open_.contains(include)) {
        complaints_.push_back("cycle: " + source.path + " -> " + include);
      } else {
        visit(*next->second);
      }
    }
    open_.erase(source.path);
    done_.insert(source.path);
  }

  std::map<std::string, const Source*> files_;
  std::set<std::string> open_;
  std::set<std::string> done_;
  Complaints complaints_;
};

Complaints include_cycles(const std::vector<Source>& tree) { return CycleSearch{tree}.run(); }

/// "models/fleet" of models/fleet/run.cpp, "models" of models/units.h, "cli" of all below cli/.
std::string folder_of(std::string_view path) {
  const std::string room = room_of(path);
  if (room != "sim" && room != "models" && room != "reports") return room;
  const std::string_view below = path.substr(room.size() + 1);
  const auto end = below.find('/');
  return end == std::string_view::npos ? room : room + "/" + std::string{below.substr(0, end)};
}

using Arrows = std::map<std::string, std::set<std::string>>;

/// All that is found by going on from these, however far; these too.
std::set<std::string> reached_from(const Arrows& arrows, const std::set<std::string>& first) {
  std::set<std::string> reached;
  std::vector<std::string> next(first.begin(), first.end());
  while (!next.empty()) {
    const std::string here = next.back();
    next.pop_back();
    if (!reached.insert(here).second) continue;
    const auto on = arrows.find(here);
    if (on != arrows.end()) next.insert(next.end(), on->second.begin(), on->second.end());
  }
  return reached;
}

/// Folders that each reach the other by includes, in the order of their names.
Complaints folders_in_circles(const std::vector<Source>& tree) {
  Arrows arrows;
  for (const Source& source : tree) {
    if (!height_of(source.path)) continue;
    const std::string from = folder_of(source.path);
    for (const std::string& include : source.includes) {
      if (height_of(include) && folder_of(include) != from) arrows[from].insert(folder_of(include));
    }
  }
  Complaints complaints;
  for (const auto& [start, first] : arrows) {
    if (reached_from(arrows, first).contains(start)) complaints.push_back(start);
  }
  return complaints;
}

Complaints qt_outside_gui(const std::vector<Source>& tree) {
  static const std::regex qt{R"(^(Qt[A-Za-z0-9]*/|Q[A-Z]\w*$))"};
  Complaints complaints;
  for (const Source& source : tree) {
    if (source.path.starts_with("gui/") || source.path.starts_with("tests/gui/")) continue;
    for (const std::string& include : source.includes) {
      if (std::regex_search(include, qt)) {
        complaints.push_back(source.path + " includes " + include);
      }
    }
  }
  return complaints;
}

Complaints json_out_of_place(const std::vector<Source>& tree) {
  Complaints complaints;
  for (const Source& source : tree) {
    const bool allowed = source.path.starts_with("models/input/") ||
                         source.path.starts_with("tests/") || source.path.ends_with("_json.cpp") ||
                         source.path.ends_with("_json.h");
    if (allowed) continue;
    for (const std::string& include : source.includes) {
      if (include.find("nlohmann") != std::string::npos || include.ends_with("json.hpp")) {
        complaints.push_back(source.path + " includes " + include);
      }
    }
  }
  return complaints;
}

Complaints words_the_engine_does_not_know(const std::vector<Source>& tree) {
  static const std::regex word{R"(\b(disks?|shards?|json)\b)", std::regex::icase};
  Complaints complaints;
  for (const Source& source : tree) {
    if (!source.path.starts_with("sim/")) continue;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      if (std::smatch match; std::regex_search(source.lines[i], match, word)) {
        complaints.push_back(source.path + ":" + std::to_string(i + 1) + " says " + match.str());
      }
    }
  }
  return complaints;
}

Complaints files_too_long(const std::vector<Source>& tree) {
  constexpr std::size_t limit = 500;
  Complaints complaints;
  for (const Source& source : tree) {
    if (source.lines.size() > limit) {
      complaints.push_back(source.path + " has " + std::to_string(source.lines.size()) + " lines");
    }
  }
  return complaints;
}

Complaints files_named_for_nothing(const std::vector<Source>& tree) {
  constexpr std::array<std::string_view, 4> names{"utils", "common", "helpers", "misc"};
  Complaints complaints;
  for (const Source& source : tree) {
    if (std::ranges::find(names, fs::path{source.path}.stem().string()) != names.end()) {
      complaints.push_back(source.path);
    }
  }
  return complaints;
}

// The files that make a rebuild planner. The folder models/repair defines it, and tests make
// theirs.
std::vector<std::string> makers_of_rebuild_planners(const std::vector<Source>& tree) {
  static const std::regex made{
      R"(\bmake_rebuild_planner\(|\bRebuildPlanner\s*[({]|\bRebuildPlanner\s+\w+\s*[;({=])"
      R"(|\bmake_(unique|shared)<.*\bRebuildPlanner>)"};
  static const std::regex defined{R"(\b(class|struct)\s+RebuildPlanner\b)"};
  std::vector<std::string> makers;
  for (const Source& source : tree) {
    if (source.path.starts_with("models/repair/") || source.path.starts_with("tests/")) continue;
    const bool makes = std::ranges::any_of(source.lines, [](const std::string& line) {
      return std::regex_search(line, made) && !std::regex_search(line, defined);
    });
    if (makes) makers.push_back(source.path);
  }
  return makers;
}

// Files that decide, or that show policies the fleet, and that include the true state of a mission,
// however far down.
Complaints policies_that_see_the_truth(const std::vector<Source>& tree) {
  static const std::set<std::string> truth{"models/fleet/state.h", "models/fleet/mission.h"};
  Arrows arrows;
  for (const Source& source : tree) {
    arrows[source.path] = {source.includes.begin(), source.includes.end()};
  }
  Complaints complaints;
  for (const Source& source : tree) {
    if (!source.path.starts_with("models/repair/") && !source.path.starts_with("models/policy/") &&
        !source.path.starts_with("models/fleet/known_view.")) {
      continue;
    }
    const std::set<std::string> reached = reached_from(arrows, arrows[source.path]);
    for (const std::string& file : truth) {
      if (reached.contains(file)) complaints.push_back(source.path + " reaches " + file);
    }
  }
  return complaints;
}

std::vector<std::string> folders_of(const std::vector<std::string>& paths) {
  std::vector<std::string> folders;
  folders.reserve(paths.size());
  for (const std::string& path : paths) folders.push_back(fs::path{path}.parent_path().string());
  return folders;
}

// A folder that goes away with the test.
class PlantedTree {
 public:
  PlantedTree() {
    const ::testing::TestInfo* test = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path{::testing::TempDir()} /
            (std::string{"holdfast_planted_"} + test->test_suite_name() + "_" + test->name());
    fs::remove_all(root_);
  }
  PlantedTree(const PlantedTree&) = delete;
  PlantedTree& operator=(const PlantedTree&) = delete;
  ~PlantedTree() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  void plant(const fs::path& path, std::string_view text) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream{root_ / path} << text;
  }
  [[nodiscard]] std::vector<Source> read() const { return read_tree(root_); }

 private:
  fs::path root_;
};

const std::vector<Source>& this_tree() {
  static const std::vector<Source> tree = read_tree(HOLDFAST_SOURCE_DIR);
  return tree;
}

TEST(Architecture, TheTreeIsRead) { EXPECT_GT(this_tree().size(), 10U); }

TEST(Architecture, IncludesOnlyRunDownward) {
  EXPECT_THAT(upward_includes(this_tree()), IsEmpty());
}

TEST(Architecture, NoFileIncludesItselfInTheEnd) {
  EXPECT_THAT(include_cycles(this_tree()), IsEmpty());
}

TEST(Architecture, FoldersFormNoCircle) { EXPECT_THAT(folders_in_circles(this_tree()), IsEmpty()); }

TEST(Architecture, QtStaysInTheGui) { EXPECT_THAT(qt_outside_gui(this_tree()), IsEmpty()); }

TEST(Architecture, JsonStaysInItsFiles) { EXPECT_THAT(json_out_of_place(this_tree()), IsEmpty()); }

TEST(Architecture, TheEngineKnowsNothingOfStorage) {
  EXPECT_THAT(words_the_engine_does_not_know(this_tree()), IsEmpty());
}

TEST(Architecture, FilesStayShort) { EXPECT_THAT(files_too_long(this_tree()), IsEmpty()); }

TEST(Architecture, FilesAreNamedForWhatTheyHold) {
  EXPECT_THAT(files_named_for_nothing(this_tree()), IsEmpty());
}

TEST(Architecture, OnlyTheFleetAndTheDrillMakeARebuildPlanner) {
  const bool drill_is_there = std::ranges::any_of(
      this_tree(), [](const Source& source) { return source.path.starts_with("models/drill/"); });
  if (!drill_is_there) GTEST_SKIP() << "models/drill has no sources yet";
  EXPECT_THAT(folders_of(makers_of_rebuild_planners(this_tree())),
              ElementsAre("models/drill", "models/fleet"));
}

TEST(Architecture, PoliciesDoNotSeeTheTruth) {
  EXPECT_THAT(policies_that_see_the_truth(this_tree()), IsEmpty());
}

TEST(PlantedTree, APolicyThatSeesTheTruthIsFound) {
  const PlantedTree tree;
  tree.plant("models/fleet/state.h", "\n");
  tree.plant("models/fleet/look.h", "#include \"models/fleet/state.h\"\n");
  tree.plant("models/fleet/mission.cpp", "#include \"models/fleet/state.h\"\n");
  tree.plant("models/repair/spares.cpp", "#include \"models/fleet/look.h\"\n");
  EXPECT_THAT(policies_that_see_the_truth(tree.read()),
              ElementsAre("models/repair/spares.cpp reaches models/fleet/state.h"));
}

TEST(PlantedTree, AnUpwardIncludeIsFound) {
  const PlantedTree tree;
  tree.plant("sim/queue.cpp", "#include \"sim/queue.h\"\n#include \"models/units.h\"\n");
  tree.plant("models/units.h", "#include \"sim/queue.h\"\n");
  tree.plant("cli/main.cpp", "#include \"gui/window.h\"\n#include \"models/units.h\"\n");
  tree.plant("reports/text.cpp", "  #  include \"tests/models/tiny.h\"\n");
  EXPECT_THAT(upward_includes(tree.read()),
              ElementsAre("cli/main.cpp includes gui/window.h",
                          "reports/text.cpp includes tests/models/tiny.h",
                          "sim/queue.cpp includes models/units.h"));
}

TEST(PlantedTree, ACycleOfThreeFilesIsFound) {
  const PlantedTree tree;
  tree.plant("models/a.h", "#include \"models/b.h\"\n");
  tree.plant("models/b.h", "#include \"models/c.h\"\n");
  tree.plant("models/c.h", "#include \"models/a.h\"\n");
  tree.plant("models/d.h", "#include \"models/a.h\"\n");
  EXPECT_THAT(include_cycles(tree.read()), ElementsAre("cycle: models/c.h -> models/a.h"));
}

TEST(PlantedTree, FoldersInACircleAreFoundThoughNoFileIs) {
  const PlantedTree tree;
  tree.plant("models/fleet/run.h", "#include \"models/scenario/reader.h\"\n");
  tree.plant("models/fleet/results.h", "#include \"models/units.h\"\n");
  tree.plant("models/scenario/reader.h", "#include \"models/repair/spares.h\"\n");
  tree.plant("models/repair/spares.h", "#include \"models/fleet/results.h\"\n");
  tree.plant("models/study/report.h", "#include \"models/fleet/run.h\"\n");
  tree.plant("models/units.h", "\n");
  EXPECT_THAT(include_cycles(tree.read()), IsEmpty());
  EXPECT_THAT(folders_in_circles(tree.read()),
              ElementsAre("models/fleet", "models/repair", "models/scenario"));
}

TEST(PlantedTree, QtAndJsonOutOfPlaceAreFound) {
  const PlantedTree tree;
  tree.plant("models/units.h", "#include <QString>\n#include <nlohmann/json_fwd.hpp>\n");
  tree.plant("reports/figure.cpp", "#include <QtCore/QFile>\n#include \"Queue.h\"\n");
  tree.plant("gui/window.cpp", "#include <QMainWindow>\n");
  tree.plant("reports/result_json.cpp", "#include <nlohmann/json.hpp>\n");
  tree.plant("models/input/read.cpp", "#include <nlohmann/json.hpp>\n");
  EXPECT_THAT(qt_outside_gui(tree.read()), ElementsAre("models/units.h includes QString",
                                                       "reports/figure.cpp includes QtCore/QFile"));
  EXPECT_THAT(json_out_of_place(tree.read()),
              ElementsAre("models/units.h includes nlohmann/json_fwd.hpp"));
}

TEST(PlantedTree, WordsOfStorageInTheEngineAreFoundEvenInComments) {
  const PlantedTree tree;
  tree.plant("sim/queue.h", "// diskless\nint a;  // one per Disk\n/// as JSON\n");
  tree.plant("models/units.h", "// disk, shard\n");
  EXPECT_THAT(words_the_engine_does_not_know(tree.read()),
              ElementsAre("sim/queue.h:2 says Disk", "sim/queue.h:3 says JSON"));
}

TEST(PlantedTree, ALongFileAndANameForNothingAreFound) {
  const PlantedTree tree;
  tree.plant("models/long.cpp", std::string(501, '\n'));
  tree.plant("models/short.cpp", std::string(500, '\n'));
  tree.plant("tests/utils.h", "\n");
  EXPECT_THAT(files_too_long(tree.read()), ElementsAre(HasSubstr("models/long.cpp")));
  EXPECT_THAT(files_named_for_nothing(tree.read()), ElementsAre("tests/utils.h"));
}

TEST(PlantedTree, ASecondMakerOfRebuildPlannersIsFound) {
  const PlantedTree tree;
  tree.plant("models/repair/planner.h", "class RebuildPlanner {};\n");
  tree.plant("models/fleet/fleet.cpp", "const RebuildPlanner planner{policy};\n");
  tree.plant("models/fleet/fleet.h", "const RebuildPlanner& planner;\nclass RebuildPlanner;\n");
  tree.plant("models/drill/drill.cpp",
             "auto p = std::make_unique<const RebuildPlanner>(policy);\n");
  EXPECT_THAT(makers_of_rebuild_planners(tree.read()), SizeIs(2));
  tree.plant("models/network/flow.cpp", "auto planner = RebuildPlanner{policy};\n");
  EXPECT_THAT(
      makers_of_rebuild_planners(tree.read()),
      ElementsAre("models/drill/drill.cpp", "models/fleet/fleet.cpp", "models/network/flow.cpp"));
}

}  // namespace
