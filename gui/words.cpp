#include "gui/words.h"

#include <QtCore/QLibraryInfo>
#include <QtGui/QFontDatabase>
#include <QtGui/QRawFont>
#include <QtWidgets/QApplication>
#include <clocale>

namespace gui {
namespace {

constexpr const char* context = "holdfast";

}  // namespace

QString say(const char* english) { return QCoreApplication::translate(context, english); }
QString say(const std::string& english) { return say(english.c_str()); }

bool speaks_chinese() {
  constexpr const char* sample = "Start";
  return say(sample) != QString::fromUtf8(sample);
}

reports::Language report_language() {
  return speaks_chinese() ? reports::Language::chinese : reports::Language::english;
}

Catalogue::Catalogue(std::span<const Phrase> phrases) {
  for (const Phrase& phrase : phrases) {
    phrases_.insert(QByteArray{phrase.english}, QString::fromUtf8(phrase.chinese));
  }
}

QString Catalogue::translate(const char* asked, const char* english, const char* /*unused*/,
                             int /*unused*/) const {
  if (asked == nullptr || std::string_view{asked} != context) return {};
  return phrases_.value(QByteArray{english});
}

void restore_plain_numbers() {
  std::setlocale(LC_NUMERIC, "C");
  QLocale::setDefault(QLocale::c());
}

QString install_language(QApplication& application, const QString& language) {
  const bool chinese = language == QStringLiteral("zh") ||
                       (language.isEmpty() && QLocale::system().language() == QLocale::Chinese);
  if (!chinese) return {};
  auto* catalogue = new Catalogue{chinese_phrases()};
  catalogue->setParent(&application);
  application.installTranslator(catalogue);
  auto* dialogs = new QTranslator{&application};
  if (dialogs->load(QStringLiteral("qtbase_zh_CN"),
                    QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
    application.installTranslator(dialogs);
  }
  // Without such a font Qt draws boxes and warns nobody.
  if (QFontDatabase::families(QFontDatabase::SimplifiedChinese).isEmpty()) {
    return QStringLiteral(
        "No font on this machine has Chinese characters: install fonts-wqy-microhei.");
  }
  return {};
}

void remove_languages(QApplication& application) {
  for (auto* installed : application.findChildren<QTranslator*>()) {
    application.removeTranslator(installed);
    delete installed;
  }
}

}  // namespace gui
