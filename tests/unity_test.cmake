# Groups of unity builds: cmake -DROOT=<source tree> -DFOLDER=<scratch folder> -P unity_test.cmake
cmake_minimum_required(VERSION 3.25)
include("${ROOT}/cmake/unity.cmake")

function(expect what got wanted)
  if(NOT "${got}" STREQUAL "${wanted}")
    message(SEND_ERROR "${what}: ${got} instead of ${wanted}")
  endif()
endfunction()

file(WRITE "${FOLDER}/a.cpp" [[
namespace models {
namespace {
using sim::Years;
namespace fs = std::filesystem;
constexpr std::array<int, 3> sizes{{1, 2, 3}};
struct Cell {
  int value;
};
template <class T>
T twice(T value) {
  return value + value;
}
std::string text_of(const Cell& cell) {
  const int inner = 1;
}
}  // namespace
void Reader::next() {}
}  // namespace models
]])
file(WRITE "${FOLDER}/same_function.cpp" "namespace {\nstd::string text_of(int n) {\n}\n}\n")
file(WRITE "${FOLDER}/same_constant.cpp" "namespace {\nconst int sizes = 3;\n}\n")
file(WRITE "${FOLDER}/same_type.cpp" "namespace {\nclass Cell : public Base {\n};\n}\n")
file(WRITE "${FOLDER}/borrows_the_same.cpp" "using sim::Years;\nnamespace fs = std::filesystem;\n")
file(WRITE "${FOLDER}/borrows_another.cpp" "using models::Years;\n")
file(WRITE "${FOLDER}/opens.cpp" "using enum Kind;\n")
file(WRITE "${FOLDER}/opens_too.cpp" "using enum Kind;\nvoid all() {\n}\n")
file(WRITE "${FOLDER}/other_member.cpp" "void Writer::next() {}\nvoid inner() {\n}\n")

holdfast_own_names(names "${FOLDER}/a.cpp")
expect("own names" "${names}"
       "Years|using sim::Years;fs|namespace fs = std::filesystem;sizes;Cell;twice;text_of")

# Two files a group at first: a file that clashes with its neighbour goes elsewhere.
foreach(other same_function same_constant same_type borrows_another)
  holdfast_unity_groups(groups 2 "${FOLDER}/a.cpp" "${FOLDER}/${other}.cpp")
  expect("${other}" "${groups}" "0;1")
endforeach()
foreach(other borrows_the_same other_member)
  holdfast_unity_groups(groups 2 "${FOLDER}/a.cpp" "${FOLDER}/${other}.cpp")
  expect("${other}" "${groups}" "0;0")
endforeach()

# Whose names are not known stands apart from all but its like.
holdfast_unity_groups(groups 2 "${FOLDER}/opens.cpp" "${FOLDER}/a.cpp")
expect("opens an enum" "${groups}" "0;1")
holdfast_unity_groups(groups 2 "${FOLDER}/opens.cpp" "${FOLDER}/opens_too.cpp")
expect("open the same" "${groups}" "0;0")

# Where every group has the name, a file stays alone.
holdfast_unity_groups(groups 2 "${FOLDER}/a.cpp" "${FOLDER}/same_function.cpp"
                      "${FOLDER}/same_function.cpp" "${FOLDER}/same_function.cpp"
                      "${FOLDER}/same_function.cpp")
expect("five of one name" "${groups}" "0;1;2;3;-1")
