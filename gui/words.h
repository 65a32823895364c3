#pragma once

#include <QtCore/QString>
#include <QtCore/QTranslator>
#include <span>
#include <string>
#include <string_view>

#include "reports/report_table.h"

class QApplication;

namespace gui {

/// A text of the windows in the language that was chosen at the start: English is the key, and what
/// is shown where there is no other.
QString say(const char* english);
QString say(const std::string& english);

/// Was Chinese chosen?
bool speaks_chinese();
/// Reports are saved in the language of the windows.
reports::Language report_language();

/// A line of the Chinese catalogue.
struct Phrase {
  const char* english;
  const char* chinese;
};
/// The whole catalogue (chinese.cpp), sorted by nothing.
std::span<const Phrase> chinese_phrases();

/// The catalogue as Qt's translator: Qt's own mechanism, without files that can be missing.
class Catalogue final : public QTranslator {
 public:
  explicit Catalogue(std::span<const Phrase> phrases);
  QString translate(const char* context, const char* english, const char* disambiguation,
                    int number) const override;
  bool isEmpty() const override { return phrases_.isEmpty(); }

 private:
  QHash<QByteArray, QString> phrases_;
};

/// Qt takes the locale of the desktop, in which 1.4 may be written 1,4: numbers are those of the
/// files again.
void restore_plain_numbers();

/// Installs the language ("en", "zh", or "" for that of the desktop) for our texts and Qt's own
/// dialogs. @return what is wrong with it: no font has its characters; empty if nothing
QString install_language(QApplication& application, const QString& language);
/// English again.
void remove_languages(QApplication& application);

}  // namespace gui
