// What the documents for developers name is there: a file that was moved or renamed is found out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const fs::path root{HOLDFAST_SOURCE_DIR};

std::string read(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

/// Paths in backquotes that begin with a folder of the tree; not patterns ("<name>", "*").
std::set<std::string> paths_in(const std::string& text) {
  static const std::regex path{
      R"(`((?:sim|models|reports|cli|gui|tests|scenarios|docs|scripts|packages|cmake|\.ci)/[^`<>* ]*)`)"};
  std::set<std::string> paths;
  for (std::sregex_iterator at{text.begin(), text.end(), path}, end; at != end; ++at) {
    paths.insert((*at)[1]);
  }
  return paths;
}

std::vector<std::string> missing(const std::string& text) {
  std::vector<std::string> names;
  for (const std::string& name : paths_in(text)) {
    if (!fs::exists(root / name)) names.push_back(name);
  }
  return names;
}

/// Targets of links in a document that lead into the tree.
std::vector<std::string> broken_links(const fs::path& document) {
  static const std::regex link{R"(\]\(([^)#:]+)(#[^)]*)?\))"};
  const std::string text = read(document);
  std::vector<std::string> broken;
  for (std::sregex_iterator at{text.begin(), text.end(), link}, end; at != end; ++at) {
    if (!fs::exists(document.parent_path() / (*at)[1].str())) broken.push_back((*at)[1]);
  }
  return broken;
}

TEST(Documents, FindsWhatIsMissing) {
  EXPECT_THAT(missing("`models/codes/none.cpp` and `models/codes/code.h`, `models/<x>/a.cpp`"),
              ElementsAre("models/codes/none.cpp"));
}

TEST(Documents, NameFilesThatAreThere) {
  for (const char* name : {"CONTRIBUTING.md", "docs/architecture.md"}) {
    const std::string text = read(root / name);
    EXPECT_THAT(missing(text), IsEmpty()) << name;
    EXPECT_GT(paths_in(text).size(), 20U) << name;
  }
}

/// Each thing to add is told in both places, with the same file for its line.
TEST(Documents, ContributingSaysWhatTheArchitectureSays) {
  const auto guide = paths_in(read(root / "CONTRIBUTING.md"));
  const auto table = paths_in(read(root / "docs/architecture.md"));
  for (const char* registry :
       {"models/codes/all_codes.cpp", "models/placement/placement.cpp", "models/repair/spares.cpp",
        "models/input/field_table_distribution.cpp", "models/scenario/metrics.cpp",
        "gui/panels/all_panels.cpp", "models/drill/step.cpp", "cli/commands.cpp"}) {
    EXPECT_THAT(guide, Contains(registry));
    EXPECT_THAT(table, Contains(registry));
  }
}

TEST(Documents, LinkToWhatIsThere) {
  for (const auto& entry : fs::recursive_directory_iterator{root / "docs"}) {
    if (entry.path().extension() != ".md") continue;
    EXPECT_THAT(broken_links(entry.path()), IsEmpty()) << entry.path();
  }
  for (const char* name : {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"}) {
    EXPECT_THAT(broken_links(root / name), IsEmpty()) << name;
  }
}

/// The version of the project is written in two places.
TEST(Documents, CiteTheVersionOfTheProject) {
  std::smatch version;
  const std::string lists = read(root / "CMakeLists.txt");
  ASSERT_TRUE(
      std::regex_search(lists, version, std::regex{R"(VERSION (\d+\.\d+\.\d+) LANGUAGES)"}));
  EXPECT_THAT(read(root / "CITATION.cff"),
              ::testing::HasSubstr("\nversion: " + version[1].str() + "\n"));
}

}  // namespace
