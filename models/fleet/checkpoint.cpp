#include "models/fleet/checkpoint.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "models/input/file_bytes.h"
#include "sim/words.h"

namespace models::fleet {

namespace {

constexpr std::string_view family = "holdfast/checkpoint/";
constexpr std::string_view version = "1";

/// The first line that is left, without its end; takes it away.
std::string_view next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::optional<BlockSums> block_of(std::string_view line) {
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos) return std::nullopt;
  BlockSums block;
  sim::WordReader reader(line.substr(0, tab));
  reader(block.stage, block.first, block.end);
  if (!reader.complete() || block.first >= block.end) return std::nullopt;
  block.words = line.substr(tab + 1);
  return block;
}

struct Contents {
  RunIdentity run;
  std::vector<BlockSums> blocks;
};

/// Empty if a line is none.
std::optional<Contents> contents_of(std::string_view text) {
  Contents contents;
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    if (line.find('\t') != std::string_view::npos) {
      auto block = block_of(line);
      if (!block) return std::nullopt;
      contents.blocks.push_back(std::move(*block));
      continue;
    }
    IdentityFact fact;
    sim::WordReader reader(line);
    reader(fact.name, fact.value);
    if (!reader.complete()) return std::nullopt;
    contents.run.push_back(std::move(fact));
  }
  return contents;
}

}  // namespace

std::string checkpoint_text(const RunIdentity& run, const BlockStore& store) {
  std::string body;
  for (const IdentityFact& fact : run) {
    body += sim::words_of(fact.name) + " " + sim::words_of(fact.value) + "\n";
  }
  for (const BlockSums& block : store.all()) {
    body += fmt::format("{} {} {}\t{}\n", sim::words_of(block.stage), block.first, block.end,
                        block.words);
  }
  return fmt::format("{}{} {}\n{}", family, version, scenario::sha256_of(body), body);
}

scenario::Diagnostics read_checkpoint(std::string_view text, const std::string& file,
                                      const RunIdentity& run, BlockStore& store) {
  const auto refuse = [&file](std::string why) {
    why += "; remove it, or name another file";
    return scenario::Diagnostics{
        {.file = file, .line = 0, .pointer = {}, .message = std::move(why)}};
  };
  const std::string_view head = next_line(text);
  if (!head.starts_with(family)) return refuse("is no checkpoint of holdfast, or a damaged one");
  const std::string_view rest = head.substr(family.size());
  const std::string_view its_version = rest.substr(0, rest.find(' '));
  if (its_version != version) {
    return refuse(
        fmt::format("is a checkpoint of version '{}', which this program does not read; "
                    "it reads version {}",
                    its_version, version));
  }
  if (rest != fmt::format("{} {}", version, scenario::sha256_of(text))) {
    return refuse("is damaged: what it holds does not have the digest of its first line");
  }
  auto contents = contents_of(text);
  if (!contents) return refuse("is damaged: a line of it is neither a fact nor a block");
  if (const std::string why = unlike(contents->run, run); !why.empty()) {
    return refuse("is the checkpoint of another run: " + why);
  }
  for (BlockSums& block : contents->blocks) store.add(std::move(block));
  return {};
}

}  // namespace models::fleet
