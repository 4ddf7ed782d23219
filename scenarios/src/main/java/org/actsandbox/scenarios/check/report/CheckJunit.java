package org.actsandbox.scenarios.check.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.run.CheckReport;
import org.actsandbox.scenarios.report.XmlText;

/** Writes a report as JUnit XML, which build servers read. */
public final class CheckJunit {

  private CheckJunit() {}

  public static void write(Path file, CheckReport report) {
    try {
      Files.writeString(file, of(report));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write " + file, unwritable);
    }
  }

  public static String of(CheckReport report) {
    var out = new StringWriter();
    try {
      var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "check-merchant " + report.level().code());
      xml.writeAttribute("tests", String.valueOf(report.results().size()));
      xml.writeAttribute("failures", count(report, CheckVerdict.DEVIATION));
      xml.writeAttribute("errors", count(report, CheckVerdict.HARNESS_ERROR));
      xml.writeAttribute(
          "skipped",
          String.valueOf(report.results().stream().filter(CheckJunit::isSkipped).count()));
      xml.writeAttribute("time", String.valueOf(report.took().toMillis() / 1000.0));
      for (var result : report.results()) {
        testcase(xml, result);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
      return out.toString();
    } catch (XMLStreamException malformed) {
      throw new IllegalStateException("the report is no XML", malformed);
    }
  }

  private static String count(CheckReport report, CheckVerdict verdict) {
    return String.valueOf(
        report.results().stream()
            .filter(each -> each.verdict() == verdict && !each.known())
            .count());
  }

  private static boolean isSkipped(CheckResult result) {
    return switch (result.verdict()) {
      case NOT_APPLICABLE, NOT_TESTED, INCONCLUSIVE -> true;
      case DEVIATION -> result.known();
      case PASS, ADVISORY, HARNESS_ERROR -> false;
    };
  }

  private static void testcase(XMLStreamWriter xml, CheckResult result) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "act." + result.check().area());
    xml.writeAttribute("name", result.check().id());
    xml.writeAttribute("time", String.valueOf(result.took().toMillis() / 1000.0));
    var element =
        switch (result.verdict()) {
          case DEVIATION -> result.known() ? "skipped" : "failure";
          case HARNESS_ERROR -> "error";
          case NOT_APPLICABLE, NOT_TESTED, INCONCLUSIVE -> "skipped";
          case ADVISORY -> "system-out";
          case PASS -> "";
        };
    if (!element.isEmpty()) {
      xml.writeStartElement(element);
      if (!element.equals("system-out")) {
        xml.writeAttribute("message", XmlText.clean(CheckText.line(result)));
      }
      xml.writeCharacters(
          XmlText.clean(
              result.finding() == null ? CheckText.line(result) : CheckText.finding(result)));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }
}
