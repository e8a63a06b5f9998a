// Our own theme and table style: ECMA-376 part 1, 20.1.6 and 20.1.4.2. The colours are those of the states, so that a deck holds
// together.
#include "render/pptx.hpp"

namespace lacuna::pptx {

const std::string_view house_table_style = "{7B1D2C54-0A64-4B57-9C1E-5D8E3A2F6C10}";

std::string theme_xml() {
  return R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Lacuna"><a:themeElements>)"
         R"(<a:clrScheme name="Lacuna"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1>)"
         R"(<a:sysClr val="window" lastClr="FFFFFF"/></a:lt1><a:dk2><a:srgbClr val="12365C"/></a:dk2><a:lt2>)"
         R"(<a:srgbClr val="EEF2F6"/></a:lt2><a:accent1><a:srgbClr val="08457E"/></a:accent1><a:accent2>)"
         R"(<a:srgbClr val="A63603"/></a:accent2><a:accent3><a:srgbClr val="5B9BD0"/></a:accent3><a:accent4>)"
         R"(<a:srgbClr val="8A6D1B"/></a:accent4><a:accent5><a:srgbClr val="636363"/></a:accent5><a:accent6>)"
         R"(<a:srgbClr val="2B5C8A"/></a:accent6><a:hlink><a:srgbClr val="08457E"/></a:hlink><a:folHlink>)"
         R"(<a:srgbClr val="5B3A8A"/></a:folHlink></a:clrScheme>)"
         R"(<a:fontScheme name="Lacuna"><a:majorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>)"
         R"(<a:font script="Jpan" typeface="Yu Gothic"/><a:font script="Hang" typeface="Malgun Gothic"/>)"
         R"(<a:font script="Hans" typeface="Microsoft YaHei"/><a:font script="Hant" typeface="Microsoft JhengHei"/>)"
         R"(<a:font script="Arab" typeface="Arial"/><a:font script="Hebr" typeface="Arial"/></a:majorFont><a:minorFont>)"
         R"(<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/><a:font script="Jpan" typeface="Yu Gothic"/>)"
         R"(<a:font script="Hang" typeface="Malgun Gothic"/><a:font script="Hans" typeface="Microsoft YaHei"/>)"
         R"(<a:font script="Hant" typeface="Microsoft JhengHei"/><a:font script="Arab" typeface="Arial"/>)"
         R"(<a:font script="Hebr" typeface="Arial"/></a:minorFont></a:fontScheme>)"
         R"(<a:fmtScheme name="Lacuna"><a:fillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill>)"
         R"(<a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:fillStyleLst>)"
         R"(<a:lnStyleLst><a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln w="12700">)"
         R"(<a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln w="19050"><a:solidFill>)"
         R"(<a:schemeClr val="phClr"/></a:solidFill></a:ln></a:lnStyleLst><a:effectStyleLst><a:effectStyle><a:effectLst/>)"
         R"(</a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle>)"
         R"(</a:effectStyleLst><a:bgFillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill>)"
         R"(<a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:bgFillStyleLst>)"
         R"(</a:fmtScheme></a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>)";
}

namespace {

std::string border(std::string_view side, std::string_view colour, int width) {
  std::string out = "<a:" + std::string(side) + "><a:ln w=\"" + std::to_string(width) + "\"><a:solidFill><a:schemeClr val=\"" +
                    std::string(colour) + "\"/></a:solidFill></a:ln></a:";
  return out + std::string(side) + ">";
}

}  // namespace

std::string table_styles_xml() {
  const std::string guid(house_table_style);
  const std::string font = "<a:fontRef idx=\"minor\"><a:prstClr val=\"black\"/></a:fontRef>";
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<a:tblStyleLst "
         "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" def=\"" +
         guid + "\"><a:tblStyle styleId=\"" + guid + "\" styleName=\"Lacuna\"><a:wholeTbl><a:tcTxStyle>" + font +
         "<a:schemeClr val=\"dk1\"/></a:tcTxStyle><a:tcStyle><a:tcBdr>" + border("bottom", "accent5", 12700) +
         border("insideH", "accent5", 3175) +
         "</a:tcBdr><a:fill><a:noFill/></a:fill></a:tcStyle></a:wholeTbl><a:band2H><a:tcStyle><a:tcBdr/"
         "><a:fill><a:solidFill><a:schemeClr val=\"lt2\"/></a:solidFill></a:fill></a:tcStyle></a:band2H>"
         "<a:firstRow><a:tcTxStyle b=\"on\">" +
         font +
         "<a:schemeClr val=\"lt1\"/></a:tcTxStyle><a:tcStyle><a:tcBdr/><a:fill><a:solidFill><a:schemeClr "
         "val=\"dk2\"/></a:solidFill></a:fill></a:tcStyle></a:firstRow>"
         "</a:tblStyle></a:tblStyleLst>";
}

}  // namespace lacuna::pptx
